//! The pictures of a hits array.

use std::path::PathBuf;

use super::{Hit, SensorHits, hits_by_sensor};
use crate::number::grouped;
use crate::plot::{
    Histogram, HistogramPlot, MOST_PANELS, PlotError, PlotPaths, SensorPositions, histogram_png,
    position_map_png,
};

/// Plots time, wavelength and positions of `hits`, the contents of `name`; returns the files written. What has no
/// finite value is not plotted.
///
/// # Errors
/// [`PlotError`] where a picture cannot be written.
pub fn plot_hits(name: &str, hits: &[Hit], paths: &PlotPaths) -> Result<Vec<PathBuf>, PlotError> {
    let mut written = Vec::new();
    let times = Histogram::of(hits.iter().map(|hit| f64::from(hit.time_ns)));
    let wavelengths = Histogram::of(hits.iter().map(|hit| f64::from(hit.wavelength_nm)));
    let quantities = [("time", "ns", true, times), ("wavelength", "nm", false, wavelengths)];
    for (quantity, unit, log_y, histogram) in quantities {
        if histogram.entries() == 0 {
            continue;
        }
        paths.make_folder()?;
        let title = format!("{name}: {quantity} of {} hits", grouped(histogram.entries()));
        let x_label = format!("{quantity} ({unit})");
        let plot = HistogramPlot { title: &title, x_label: &x_label, unit, counted: "hits", log_y };
        histogram_png(&histogram, &plot, &paths.of(quantity))?;
        written.push(paths.of(quantity));
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
    let hits = grouped(sensors.iter().map(|s| s.positions_mm.len() as u64).sum());
    match sensors.len() {
        n if n > MOST_PANELS => {
            format!("{name}: positions of {hits} hits, the {MOST_PANELS} busiest of {n} sensors")
        }
        1 => format!("{name}: positions of {hits} hits"),
        n => format!("{name}: positions of {hits} hits at {n} sensors"),
    }
}
