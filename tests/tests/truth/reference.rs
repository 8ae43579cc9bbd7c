//! What Geant4 10.6.3 recorded of photons in whole detectors, and the comparison with a run of ours.

use cfg4::detector::Detector;
use optixrap::engine::HitRecord;
use optixrap::scene::SceneData;
use serde_json::Value;

use super::chi2::{Chi2, two_samples};
use super::run::{Outcome, points_of, shared};

/// The longest histories that the reference tells apart, birth included.
const HISTORY_CUT: usize = 32;

/// The reference of a case: the copy in this repository, and the whole where the shared folder is there.
pub(crate) fn references(case: &str) -> Vec<Value> {
    let copy = format!("{}/data/photons/{case}.json", env!("CARGO_MANIFEST_DIR"));
    let read = |path: &std::path::Path| std::fs::read_to_string(path).ok();
    let whole = shared(&format!("reference/photons/{case}.json"));
    let texts = [read(copy.as_ref()), whole.and_then(|file| read(&file))];
    texts.into_iter().flatten().map(|text| serde_json::from_str(&text).unwrap()).collect()
}

/// A list of numbers.
pub(crate) fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// All comparisons that a reference allows.
pub(crate) fn compare(reference: &Value, ours: &Outcome, names: &dyn Fn(u32) -> String) -> Vec<Chi2> {
    let n = reference["n"].as_f64().unwrap();
    let mut all = vec![ends(reference, ours, n), histories(reference, ours, n)];
    all.extend(ends_by_points(&reference["ends_by_points"], |end, points| ours.ends_by_points(end, points)));
    for limit in [9, 10, 31] {
        all.push(ends_at(&reference["ends_at_bounce_limit"][format!("at_{limit}_points")], ours, limit));
    }
    let end_times = ours.photons.iter().map(|p| p.0[3].into());
    all.push(histogram("end time", &reference["all_ends_hist"]["time_ns"], end_times));
    if reference["hits"].is_object() {
        all.extend(hits(&reference["hits"], ours, names));
    }
    all.push(mean_points(reference, ours));
    all
}

fn ends(reference: &Value, ours: &Outcome, n: f64) -> Chi2 {
    let known = reference["ends"].as_object().unwrap();
    let bins: Vec<_> = ours.summary.ends.iter().collect();
    let mut seen = 0.0;
    let bins: Vec<_> = bins
        .into_iter()
        .map(|(end, count)| {
            let a = known.get(end.code()).map_or(0.0, |v| v.as_f64().unwrap());
            seen += a;
            (end.code().to_owned(), a, count as f64)
        })
        .collect();
    assert_eq!(seen, n, "every end of the reference occurs");
    two_samples("ends", bins)
}

/// Histories of which the reference has counted all; those cut, and everything else in one bin.
fn histories(reference: &Value, ours: &Outcome, n: f64) -> Chi2 {
    let top = reference["histories"]["top"].as_array().unwrap();
    let known: Vec<(&str, f64)> =
        top.iter().map(|v| (v[0].as_str().unwrap(), v[1].as_f64().unwrap())).collect();
    let listed: f64 = known.iter().map(|(_, count)| count).sum();
    let least = known.iter().map(|(_, count)| *count).fold(f64::MAX, f64::min);
    let threshold = if listed < n { (least + 5.0 * least.sqrt()).max(20.0) } else { 20.0 };
    let mut cut = std::collections::BTreeMap::<String, f64>::new();
    for (history, count) in &ours.histories {
        // The reference calls every birth TO.
        let history = format!("TO{}", &history[2..]);
        let key = if points_of(&history) >= HISTORY_CUT {
            format!("{} ...", &history[..3 * HISTORY_CUT - 1])
        } else {
            history
        };
        *cut.entry(key).or_default() += *count as f64;
    }
    let n_ours = ours.summary.photons as f64;
    let mut bins = Vec::new();
    let mut rest = ("others".to_owned(), n, n_ours);
    for (history, count) in cut {
        if count * n / n_ours >= threshold {
            let a = known.iter().find(|(h, _)| *h == history).map_or(0.0, |(_, count)| *count);
            rest = (rest.0, rest.1 - a, rest.2 - count);
            bins.push((history, a, count));
        }
    }
    bins.push(rest);
    two_samples("histories", bins)
}

/// Per end, photons by number of points; the last count of the reference is all beyond.
pub(crate) fn ends_by_points(
    reference: &Value,
    ours: impl Fn(&str, &dyn Fn(usize) -> bool) -> f64,
) -> Vec<Chi2> {
    let per_end = reference.as_object().unwrap().iter().map(|(end, counts)| {
        let counts = floats(counts);
        let last = counts.len() - 1;
        let bins = counts.iter().enumerate().map(|(points, &a)| {
            let b = if points < last { ours(end, &|p| p == points) } else { ours(end, &|p| p >= last) };
            (format!("{points} points"), a, b)
        });
        two_samples(&format!("{end} by points"), bins)
    });
    per_end.collect()
}

/// Ends of histories cut after `limit` points.
pub(crate) fn ends_at(reference: &Value, ours: &Outcome, limit: usize) -> Chi2 {
    let bins = reference.as_object().unwrap().iter().map(|(end, count)| {
        let b = if end == "alive" {
            ours.ends_by_points("", |p| p > limit)
        } else {
            ours.ends_by_points(end, |p| p <= limit)
        };
        (end.clone(), count.as_f64().unwrap(), b)
    });
    two_samples(&format!("ends at {limit} points"), bins)
}

fn histogram(name: &str, reference: &Value, samples: impl Iterator<Item = f64>) -> Chi2 {
    let edges = floats(&reference["edges"]);
    let mut counts = vec![0.0; edges.len() + 1];
    for x in samples {
        counts[edges.partition_point(|&e| e <= x)] += 1.0;
    }
    let inner = floats(&reference["counts"]);
    let outer = |key: &str| reference[key].as_f64().unwrap();
    let a = std::iter::once(outer("below")).chain(inner).chain(std::iter::once(outer("above")));
    let label = |i: usize| format!("from {:.1}", if i == 0 { f64::NEG_INFINITY } else { edges[i - 1] });
    let bins: Vec<_> = a.zip(counts).enumerate().map(|(i, (a, b))| (label(i), a, b)).collect();
    two_samples(name, bins)
}

fn hits(reference: &Value, ours: &Outcome, names: &dyn Fn(u32) -> String) -> Vec<Chi2> {
    let per_sensor = reference["per_volume"].as_object().unwrap().iter().map(|(path, count)| {
        let name = path.rsplit('/').next().unwrap().split('#').next().unwrap();
        let b: u64 =
            ours.summary.hits_per_sensor.iter().filter(|(s, _)| names(**s) == name).map(|(_, n)| n).sum();
        (name.to_owned(), count.as_f64().unwrap(), b as f64)
    });
    let mut all = vec![two_samples("hits per sensor", per_sensor)];
    for (key, word) in [("x_mm", 0), ("y_mm", 1), ("z_mm", 2), ("time_ns", 3), ("wavelength_nm", 11)] {
        if reference[key].is_object() && (key != "wavelength_nm" || spread_out(reference)) {
            let samples = ours.hits.iter().map(|h: &HitRecord| h.0[word].into());
            all.push(histogram(&format!("hits {key}"), &reference[key], samples));
        }
    }
    all
}

/// Whether the wavelengths are more than one, which lies on an edge of the histogram.
fn spread_out(hits: &Value) -> bool {
    floats(&hits["wavelength_nm"]["counts"]).iter().filter(|&&n| n > 0.0).count() > 2
}

/// The mean number of points as a comparison of one degree of freedom.
fn mean_points(reference: &Value, ours: &Outcome) -> Chi2 {
    let (n, n_ours) = (reference["n"].as_f64().unwrap(), ours.summary.photons as f64);
    let (mean, rms) = (reference["mean_points"].as_f64().unwrap(), reference["rms_points"].as_f64().unwrap());
    let mean_ours = ours.summary.points as f64 / n_ours;
    let sigma = (mean_ours - mean) / (rms * (1.0 / n + 1.0 / n_ours).sqrt());
    let worst = (sigma, format!("{mean_ours:.3} for {mean:.3}"));
    Chi2 { name: "mean points".into(), sum: sigma * sigma, ndf: 1.0, worst }
}

/// Names of sensors by their 1-based index.
pub(crate) fn sensor_names<'a>(detector: &'a Detector, scene: &'a SceneData) -> impl Fn(u32) -> String + 'a {
    |sensor| {
        let placement = scene.source_placement(scene.sensors()[sensor as usize - 1]);
        detector.placements[placement.index()].name.clone()
    }
}
