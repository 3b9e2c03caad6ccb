//! PDF: ours before qpdf, pdfsig and pyHanko; theirs and hostile ones before us.

mod appearance;
mod attacks;
mod changes;
mod corpus;
mod files;
mod fill;
mod levels;
mod mark;
mod mutants;
mod others;
mod sign;
mod text;
mod tools;
