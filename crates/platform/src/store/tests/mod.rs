//! The pitfalls of the design, each answered here.
