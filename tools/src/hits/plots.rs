//! The pictures of a hits array.

use std::path::PathBuf;

use super::{Hit, SensorHits, hits_by_sensor};
use crate::number::counted;
use crate::plot::{
    Histogram, HistogramPlot, MOST_PANELS, PlotError, PlotPaths, SensorPositions, histogram_png,
    position_map_png,
};

/// Plots time, wavelength and positions of `hits`, the contents of `name`; returns the files written. What has no
/// finite value is not plotted. Where few late hits stretch the time axis, a second plot shows the early ones.
///
/// # Errors
/// [`PlotError`] where a picture cannot be written.
pub fn plot_hits(name: &str, hits: &[Hit], paths: &PlotPaths) -> Result<Vec<PathBuf>, PlotError> {
    let finite = |x: f32| Some(f64::from(x)).filter(|x| x.is_finite());
    let times: Vec<f64> = hits.iter().filter_map(|hit| finite(hit.time_ns)).collect();
    let wavelengths: Vec<f64> = hits.iter().filter_map(|hit| finite(hit.wavelength_nm)).collect();
    let time =
        HistogramPlot { title: "time", x_label: "time (ns)", unit: "ns", counted: "hits", log_y: true };
    let wavelength =
        HistogramPlot { title: "wavelength", x_label: "wavelength (nm)", unit: "nm", log_y: false, ..time };
    let plots =
        [("time_early", time, early(&times)), ("time", time, times), ("wavelength", wavelength, wavelengths)];

    let mut written = Vec::new();
    for (what, plot, values) in plots.into_iter().filter(|(_, _, values)| !values.is_empty()) {
        let which = if what == "time_early" { "the first 95 %, " } else { "" };
        let hits = counted(values.len() as u64, "hit", "hits");
        let title = format!("{name}: {} of {which}{hits}", plot.title);
        paths.make_folder()?;
        histogram_png(&Histogram::of(values), &HistogramPlot { title: &title, ..plot }, &paths.of(what))?;
        written.push(paths.of(what));
    }
    let sensors: Vec<_> =
        hits_by_sensor(hits).iter().map(positions).filter(|s| !s.positions_mm.is_empty()).collect();
    if !sensors.is_empty() {
        paths.make_folder()?;
        position_map_png(&map_title(name, &sensors), &sensors, &paths.of("position"))?;
        written.push(paths.of("position"));
    }
    Ok(written)
}

/// The earliest 95 % of the times, where the others take up more than four fifths of the time axis; otherwise nothing.
fn early(times_ns: &[f64]) -> Vec<f64> {
    let mut sorted = times_ns.to_vec();
    sorted.sort_by(f64::total_cmp);
    let kept = sorted.len() - sorted.len() / 20;
    match (sorted.first(), sorted.get(kept.saturating_sub(1)), sorted.last()) {
        (Some(first), Some(end), Some(last)) if last - first > 5.0 * (end - first) => {
            sorted.truncate(kept);
            sorted
        }
        _ => Vec::new(),
    }
}

/// The finite positions of a sensor's hits.
fn positions(sensor: &SensorHits) -> SensorPositions {
    let name = match sensor.sensor_index {
        0 => String::from("no sensor"),
        index => format!("sensor {index}"),
    };
    let finite = |p: &[f32; 3]| p.iter().all(|x| x.is_finite());
    SensorPositions {
        name,
        positions_mm: sensor.hits.iter().map(|hit| hit.position_mm).filter(finite).collect(),
    }
}

fn map_title(name: &str, sensors: &[SensorPositions]) -> String {
    let hits = counted(sensors.iter().map(|s| s.positions_mm.len() as u64).sum(), "hit", "hits");
    match sensors.len() {
        n if n > MOST_PANELS => {
            format!("{name}: positions of {hits}, the {MOST_PANELS} busiest of {n} sensors")
        }
        1 => format!("{name}: positions of {hits}"),
        n => format!("{name}: positions of {hits} at {n} sensors"),
    }
}

#[cfg(test)]
mod tests {
    use super::early;

    #[test]
    fn a_long_tail_is_cut_off() {
        let mut times: Vec<f64> = (0..990).map(f64::from).collect();
        assert!(early(&times).is_empty(), "no tail");
        times.extend([1e5; 10]);
        assert_eq!(early(&times).len(), 950);
        assert!(early(&[]).is_empty() && early(&[3.0]).is_empty());
    }
}
