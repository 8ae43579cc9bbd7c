//! Files and functions stay small enough to read.

use crate::workspace::assert_none;
use crate::workspace::functions::functions;
use crate::workspace::source::sources;

/// Most lines of a file, its median and its ninth decile.
const FILE: Budget = Budget { cap: 600, p90: 350, median: 150 };
/// The same of a function.
const FUNCTION: Budget = Budget { cap: 80, p90: 30, median: 10 };

/// Tables, which are as long as what they list.
const LONG_TABLES: [&str; 0] = [];

struct Budget {
    cap: usize,
    p90: usize,
    median: usize,
}

impl Budget {
    /// The sizes, sorted, against median and ninth decile; the cap is for the caller, who knows the names.
    #[track_caller]
    fn check(&self, what: &str, mut sizes: Vec<usize>) {
        sizes.sort_unstable();
        let (median, p90) = (sizes[sizes.len() / 2], sizes[sizes.len() * 9 / 10]);
        println!("{} {what}: median {median} lines, p90 {p90}, most {}", sizes.len(), sizes[sizes.len() - 1]);
        assert!(median <= self.median, "median of {what}: {median} lines, at most {}", self.median);
        assert!(p90 <= self.p90, "ninth decile of {what}: {p90} lines, at most {}", self.p90);
    }
}

#[test]
fn files_are_short() {
    let files: Vec<(String, usize)> =
        sources().into_iter().map(|s| (s.path, s.text.lines().count())).collect();
    let long = files.iter().filter(|(path, n)| *n > FILE.cap && !LONG_TABLES.contains(&path.as_str()));
    assert_none(
        "file over 600 lines",
        &long.map(|(path, n)| format!("{path}: {n} lines")).collect::<Vec<_>>(),
    );
    FILE.check("files", files.into_iter().map(|(_, n)| n).collect());
}

#[test]
fn functions_are_short() {
    let (mut long, mut sizes) = (Vec::new(), Vec::new());
    for source in sources() {
        for function in functions(&source.split.code) {
            if function.lines > FUNCTION.cap {
                long.push(format!(
                    "{}:{}: {} {} lines",
                    source.path, function.line, function.name, function.lines
                ));
            }
            sizes.push(function.lines);
        }
    }
    assert_none("function over 80 lines", &long);
    FUNCTION.check("functions", sizes);
}

#[test]
fn code_for_the_gpu_alone_is_little() {
    let lines = |folders: &[&str]| -> usize {
        let inside = |path: &str| folders.iter().any(|folder| path.starts_with(folder));
        sources().iter().filter(|s| inside(&s.path)).map(|s| s.text.lines().count()).sum()
    };
    let all = lines(&["optixrap/"]);
    let kernels = lines(&["optixrap/device/", "optixrap/src/launch/"]);
    assert!(kernels * 10 <= all, "{kernels} of {all} lines: what kernels alone run should stay below 10 %");
    let host = lines(&["optixrap/src/cuda/"]);
    assert!(host * 5 <= all, "{host} of {all} lines: what drives GPUs should stay below 20 %");
}
