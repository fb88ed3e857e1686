# docker build -t callint . && docker run --rm -v "$PWD:/scripts:ro" callint check .
FROM rust:1-slim AS build
# The stack guard of the parser's library is assembled.
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /callint
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY grammar grammar
COPY rules rules
COPY data data
COPY benches benches
COPY tests tests
RUN cargo build --release --locked

FROM debian:stable-slim
# --since and --staged ask git.
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
COPY --from=build /callint/target/release/callint /usr/local/bin/callint
WORKDIR /scripts
ENTRYPOINT ["callint"]
CMD ["check"]
