//! Where text stands, and so where words and lines end: a file says that by moving, not by blanks.

use super::super::object::Object;

/// Moves, turns and scales: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix([f64; 6]);

impl Matrix {
    pub const ONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn of(numbers: &[Object]) -> Option<Matrix> {
        let mut values = [0.0; 6];
        if numbers.len() != values.len() {
            return None;
        }
        for (value, number) in values.iter_mut().zip(numbers) {
            *value = number.as_number()?;
        }
        Some(Matrix(values))
    }

    pub fn moved(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then the other.
    pub fn then(self, other: Matrix) -> Matrix {
        let (m, n) = (self.0, other.0);
        Matrix([
            m[0] * n[0] + m[1] * n[2],
            m[0] * n[1] + m[1] * n[3],
            m[2] * n[0] + m[3] * n[2],
            m[2] * n[1] + m[3] * n[3],
            m[4] * n[0] + m[5] * n[2] + n[4],
            m[4] * n[1] + m[5] * n[3] + n[5],
        ])
    }

    fn origin(self) -> (f64, f64) {
        (self.0[4], self.0[5])
    }

    /// The direction in which text runs, as long as one unit of text is on the page.
    fn along(self) -> (f64, f64) {
        (self.0[0], self.0[1])
    }
}

/// The text gathered so far.
pub struct Lines {
    text: String,
    limit_bytes: usize,
    /// Where the last letter ended, and how large it was along its line.
    last: Option<((f64, f64), f64)>,
}

/// In sizes of the letters: a wider gap is a blank, a larger step across the line is another line.
const BLANK: f64 = 0.15;
const STEP: f64 = 0.5;
/// Farther back along its line no kerning goes.
const BACK: f64 = 1.0;

impl Lines {
    pub fn new(limit_bytes: usize) -> Lines {
        Lines { text: String::new(), limit_bytes, last: None }
    }

    pub fn is_full(&self) -> bool {
        self.text.len() >= self.limit_bytes
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// Letters that stand at `from` and end at `to`.
    pub fn put(&mut self, letters: &str, (from, to): (Matrix, Matrix), size: f64) {
        if letters.is_empty() || self.is_full() {
            return;
        }
        let (x, y) = from.along();
        let unit = x.hypot(y).max(f64::MIN_POSITIVE);
        if let Some(((last_x, last_y), last_size)) = self.last {
            let (dx, dy) = (from.origin().0 - last_x, from.origin().1 - last_y);
            let (ahead, across) = ((dx * x + dy * y) / unit, (dx * y - dy * x).abs() / unit);
            let size = last_size.max(size.abs() * unit);
            if across > STEP * size || ahead < -BACK * size {
                self.end();
            } else if ahead > BLANK * size {
                self.blank();
            }
        }
        self.text.push_str(letters);
        self.last = Some((to.origin(), size.abs() * unit));
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// The line is over.
    pub fn end(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.last = None;
    }
}
