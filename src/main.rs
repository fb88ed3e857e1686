//! Arguments in, exit code out.

fn main() {
    std::process::exit(callint::cli::run());
}
