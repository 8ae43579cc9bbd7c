//! The report of a profile: first, last, growth, growth per event, and fitted slopes.

use std::fmt;

use crate::{LineFit, sig6};

/// Which column of the stamp rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Time in seconds.
    Time,
    /// Virtual memory in "MB" of [`crate::BYTES_PER_MB`] bytes.
    Vm,
    /// Resident memory in "MB" of [`crate::BYTES_PER_MB`] bytes.
    Rss,
}

impl Column {
    /// Title and letter of the column in the report.
    fn title_and_letter(self) -> (&'static str, char) {
        match self {
            Column::Time => ("Time(s)", 't'),
            Column::Vm => ("VmSize(MB)", 'v'),
            Column::Rss => ("RSS(MB)", 'r'),
        }
    }
}

/// How one column changed over the stamps. All values 0 and fits absent where there are too few stamps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Which column.
    pub column: Column,
    /// Value of the first stamp.
    pub first: f64,
    /// Value of the last stamp.
    pub last: f64,
    /// `last - first`.
    pub delta: f64,
    /// `delta / (number of stamps - 1)`, the growth per event; 0 for a single stamp.
    pub delta_per_step: f64,
    /// `delta / number of stamps`, what the original's plot script prints as slope0.
    pub slope0: f64,
    /// Line fit over all stamps.
    pub whole: Option<LineFit>,
    /// Line fit after dropping the first tenth of the stamps, where the process still warms up.
    pub warm: Option<LineFit>,
}

impl Growth {
    fn of(rows: &[[f64; 4]], column: Column) -> Self {
        let index = column as usize;
        let first = rows.first().map_or(0.0, |row| row[index]);
        let last = rows.last().map_or(0.0, |row| row[index]);
        let delta = last - first;
        let per = |count: usize| if count == 0 { 0.0 } else { delta / count as f64 };
        let fit = |from: usize| LineFit::of(rows[from..].iter().map(|row| row[index]));
        Growth {
            column,
            first,
            last,
            delta,
            delta_per_step: per(rows.len().saturating_sub(1)),
            slope0: per(rows.len()),
            whole: fit(0),
            warm: fit(rows.len().div_ceil(10)),
        }
    }

    /// Fitted slope per event after the warm-up; the whole range where that leaves too few, 0 without a fit.
    pub fn slope(&self) -> f64 {
        self.warm.or(self.whole).map_or(0.0, |fit| fit.slope)
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (title, c) = self.column.title_and_letter();
        let Growth { first, last, delta, delta_per_step, .. } = self;
        write!(f, "{title:>20}     {c}0 {first:>10.3} {c}1 {last:>10.3} ")?;
        write!(f, "d{c} {delta:>10.3} d{c}/(num_stamp-1) {delta_per_step:>10.3} ")
    }
}

/// What a profile says: growth of time, virtual and resident memory. `Display` is the text that users know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Report {
    /// Number of stamps.
    pub num_stamp: usize,
    /// Deliberate leak per event in units of 10^6 bytes.
    pub leak_mb: f64,
    /// Growth of time.
    pub time: Growth,
    /// Growth of virtual memory.
    pub vm: Growth,
    /// Growth of resident memory.
    pub rss: Growth,
}

impl Report {
    /// The report of stamp rows `(time_s, vm_mb, rss_mb, ..)`, of any number, none included.
    pub fn of(rows: &[[f64; 4]], leak_mb: f64) -> Self {
        Report {
            num_stamp: rows.len(),
            leak_mb,
            time: Growth::of(rows, Column::Time),
            vm: Growth::of(rows, Column::Vm),
            rss: Growth::of(rows, Column::Rss),
        }
    }

    /// The two lines of the original's plot script: growth and line fit of virtual memory over all stamps.
    pub fn plot_lines(&self) -> String {
        let fit = self.vm.whole.map_or((0.0, self.vm.first), |fit| (fit.slope, fit.intercept));
        format!(
            " delta:{:10.2} slope0:{:10.2} \nline fit:  slope {:10.2}    intercept {:10.2} ",
            self.vm.delta, self.vm.slope0, fit.0, fit.1
        )
    }

    /// A line per memory column with both fitted slopes, their errors and the spread, in "MB" per event.
    pub fn fit_lines(&self) -> String {
        let line = |growth: &Growth| {
            let (title, _) = growth.column.title_and_letter();
            match (growth.warm, growth.whole) {
                (Some(warm), Some(whole)) => format!(
                    "{title:>20}     slope {:>12.6} +- {} MB/event after the first tenth, {:.6} +- {} whole range, spread {:.3} MB",
                    warm.slope,
                    warm.error_text(),
                    whole.slope,
                    whole.error_text(),
                    warm.spread
                ),
                _ if self.num_stamp == 1 => format!("{title:>20}     slope n/a (one event)"),
                _ => format!("{title:>20}     slope n/a ({} events)", self.num_stamp),
            }
        };
        format!("{}\n{}", line(&self.vm), line(&self.rss))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leak_mb = sig6(self.leak_mb);
        let n = self.num_stamp;
        writeln!(f, " num_stamp {n} profile_leak_mb {leak_mb} v0,v1 VmSize(MB) r0,r1 RSS(MB) ")?;
        write!(f, "{}\n{}\n{}", self.time, self.vm, self.rss)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 2021 note's ten stamps had these first and last values.
    fn note_rows() -> Vec<[f64; 4]> {
        let at = |s: f64| [75665.9 + 7.0 * s, 21317.0 - 17.0 * s, 1745.91 + 15.764 * s, 0.0];
        (0..10).map(|i| at(f64::from(i) / 9.0)).collect()
    }

    #[test]
    fn text_layout() {
        let expected = " num_stamp 10 profile_leak_mb 0 v0,v1 VmSize(MB) r0,r1 RSS(MB) \n             \
            Time(s)     t0  75665.900 t1  75672.900 dt      7.000 dt/(num_stamp-1)      0.778 \n          \
            VmSize(MB)     v0  21317.000 v1  21300.000 dv    -17.000 dv/(num_stamp-1)     -1.889 \n             \
            RSS(MB)     r0   1745.910 r1   1761.674 dr     15.764 dr/(num_stamp-1)      1.752 ";
        assert_eq!(Report::of(&note_rows(), 0.0).to_string(), expected);
    }

    #[test]
    fn plot_script_lines() {
        let rows: Vec<_> = (0..1000).map(|i| [0.0, 21284.92 + 3.62 * f64::from(i), 0.0, 0.0]).collect();
        let expected =
            " delta:   3616.38 slope0:      3.62 \nline fit:  slope       3.62    intercept   21284.92 ";
        assert_eq!(Report::of(&rows, 0.0).plot_lines(), expected);
    }

    /// The whole range as in the fit's own test; without the first, 3, 2, 4: slope 1/2, residuals 1/2, -1, 1/2, so that
    /// the variance is 3/2 and the error sqrt(3/2 / 2).
    #[test]
    fn slopes_have_their_errors() {
        let rows = [1.0, 3.0, 2.0, 4.0].map(|mb| [0.0, 7.0, mb, 0.0]);
        let lines = Report::of(&rows, 0.0).fit_lines();
        let expected = "             RSS(MB)     slope     0.500000 +- 0.866025 MB/event after the first tenth, \
             0.800000 +- 0.424264 whole range, spread 1.225 MB";
        assert_eq!(lines.lines().nth(1), Some(expected));
        assert!(
            lines.starts_with("          VmSize(MB)     slope     0.000000 +- 0.000000 MB/event"),
            "{lines}"
        );
    }

    #[test]
    fn slope0_divides_by_the_number_and_step_by_one_less() {
        let growth = Report::of(&note_rows(), 0.0).vm;
        assert!((growth.slope0 + 1.7).abs() < 1e-9);
        assert!((growth.delta_per_step + 17.0 / 9.0).abs() < 1e-9);
    }

    #[test]
    fn none_and_one_stamp_are_zeros() {
        for rows in [&[][..], &[[5.0, 6.0, 7.0, 0.0]][..]] {
            let report = Report::of(rows, 10.0);
            assert_eq!((report.vm.delta, report.vm.delta_per_step, report.vm.slope()), (0.0, 0.0, 0.0));
            assert!(!report.to_string().contains("NaN") && !report.fit_lines().contains("NaN"));
        }
    }

    #[test]
    fn warm_up_is_dropped_from_the_slope() {
        let rows: Vec<_> = (0..100).map(|i| [0.0, if i < 10 { 0.0 } else { 50.0 }, 0.0, 0.0]).collect();
        let growth = Report::of(&rows, 0.0).vm;
        assert_eq!(growth.slope(), 0.0);
        assert!(growth.whole.unwrap().slope > 0.1);
    }
}
