//! Through the front door.

mod books;
