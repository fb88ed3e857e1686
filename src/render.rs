//! The format switch.
