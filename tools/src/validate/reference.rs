//! What Geant4 recorded of photons in a whole detector, and the comparison with a run of the same source.
//!
//! A reference is JSON: `case`, `options`, `source` (`position_mm`, `wavelength`), `n`, `ends`, `ends_at_bounce_limit`,
//! `ends_by_points`, `histories.top`, `hits` and `all_ends_hist` with histograms (`edges`, `counts`, `below`, `above`),
//! `mean_points`, `rms_points`; `geometry` and `max_points` where they are not the obvious ones.

use std::collections::BTreeMap;

use cfg4::detector::Detector;
use cfg4::genstep::{ChargedStep, Genstep, ScintillationStep};
use optixrap::engine::{HitRecord, PropagateConfig};
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;
use serde_json::Value;

use super::histories::history_bins;
use super::sample::{Sample, Source, point_source, points_of};
use crate::plot::Overlay;
use crate::statistics::{Chi2, two_samples};

/// The longest histories that the reference tells apart, birth included.
const HISTORY_CUT: usize = 32;

/// A reference that lacks what a comparison needs, or has it in another form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the record has no sound '{0}'; only records of photons from a point in a whole detector can be compared: JSON with \
     case, options, n, source (position_mm, wavelength), ends, ends_by_points, ends_at_bounce_limit, histories.top, \
     all_ends_hist, mean_points, rms_points, and hits where there are sensors"
)]
pub struct ReferenceError(pub String);

type Found<T> = Result<T, ReferenceError>;

/// A reference.
#[derive(Debug, Clone)]
pub struct Reference(Value);

impl Reference {
    /// From the text of a file.
    ///
    /// # Errors
    /// If it is no JSON object, or is not of light from a point.
    pub fn parse(text: &str) -> Found<Self> {
        match serde_json::from_str(text) {
            Ok(value @ Value::Object(_)) => {
                floats(&value["source"]["position_mm"], "source.position_mm")?;
                Ok(Self(value))
            }
            _ => Err(ReferenceError("JSON object".to_owned())),
        }
    }

    /// The JSON.
    pub fn json(&self) -> &Value {
        &self.0
    }

    /// Its name.
    pub fn case(&self) -> &str {
        self.0["case"].as_str().unwrap_or("reference")
    }

    /// The file of its detector, if it names one.
    pub fn geometry(&self) -> Option<&str> {
        self.0["geometry"].as_str()
    }

    /// The surface model whose rules it followed. A cathode whose REFLECTIVITY was set to 0 absorbs what it does not
    /// detect: the rules of 2021; surfaces as they are in the file follow Geant4's.
    pub fn surface_model(&self) -> SurfaceModel {
        let options = self.0["options"].as_str().unwrap_or_default();
        if options.contains("as in the file") { SurfaceModel::Geant4 } else { SurfaceModel::Opticks }
    }

    /// Histories and final states, no reemission (Geant4 has none), photons cut where Geant4 cut them.
    pub fn config(&self, seed: u64) -> PropagateConfig {
        let bounce_max = self.0["max_points"].as_u64().and_then(|n| u32::try_from(n).ok());
        let defaults = TransportOptions::default();
        let bounce_max = bounce_max.unwrap_or(defaults.bounce_max);
        let transport = TransportOptions { reemission: 0, bounce_max, ..defaults };
        PropagateConfig { seed, transport, histories: true, photons: true, ..PropagateConfig::default() }
    }

    /// Its source with `photons` photons: a point at one wavelength, or with the spectrum of the scintillator there.
    ///
    /// # Errors
    /// If position or wavelength cannot be understood.
    pub fn source(&self, photons: u32, seed: u64) -> Found<Source> {
        let position = floats(&self.0["source"]["position_mm"], "source.position_mm")?;
        let [x, y, z] = position[..] else { return Err(ReferenceError("source.position_mm".to_owned())) };
        let wavelength = self.0["source"]["wavelength"].as_str().unwrap_or_default();
        if let Some(nm) = wavelength.strip_suffix(" nm").and_then(|nm| nm.parse().ok()) {
            return Ok(point_source(photons, [x, y, z], nm, seed));
        }
        if !wavelength.starts_with("FASTCOMPONENT") {
            return Err(ReferenceError("source.wavelength".to_owned()));
        }
        let step = ChargedStep {
            num_photons: photons,
            material: Genstep::MATERIAL_AT_STEP,
            position_mm: [x, y, z].map(|v| v as f32),
            weight: 1.0,
            ..ChargedStep::default()
        };
        let step = ScintillationStep { step, component: 1, ..ScintillationStep::default() };
        Ok(Source::Gensteps(vec![step.to_genstep()]))
    }

    /// All comparisons that it allows; `name_of` is the placement of a 1-based sensor index.
    ///
    /// # Errors
    /// If something in it is missing or of another form.
    pub fn compare(&self, ours: &Sample, name_of: &dyn Fn(u32) -> String) -> Found<Vec<Chi2>> {
        let r = &self.0;
        let n = float(&r["n"], "n")?;
        let mut all = vec![ends(r, ours, n)?, histories(r, ours, n)?];
        let by_points = |end: &str, points: &dyn Fn(usize) -> bool| ours.ends_by_points(end, points);
        all.extend(ends_by_points(&r["ends_by_points"], by_points)?);
        for limit in [9, 10, 31] {
            all.push(ends_at(&r["ends_at_bounce_limit"][format!("at_{limit}_points")], ours, limit)?);
        }
        let end_times = ours.photons.iter().map(|p| p.0[3].into());
        all.push(histogram("end time", &r["all_ends_hist"]["time_ns"], end_times)?);
        if r["hits"].is_object() {
            all.extend(hits(&r["hits"], ours, name_of)?);
        }
        all.push(mean_points(r, ours)?);
        Ok(all)
    }

    /// The distributions of hits that it has, over ours; bins that it lacks are left out.
    pub fn overlays(&self, ours: &Sample, name: &str) -> Vec<Overlay> {
        let words = [("time_ns", 3), ("x_mm", 0), ("y_mm", 1), ("z_mm", 2), ("wavelength_nm", 11)];
        let overlay = |(key, word): (&str, usize)| {
            let of = |what: &str| floats(&self.0["hits"][key][what], key).ok();
            let (edges, counts) = (of("edges")?, of("counts")?);
            if ours.hits.is_empty() || counts.iter().all(|&n| n == 0.0) {
                return None;
            }
            let mut here = vec![0.0; counts.len()];
            for hit in &ours.hits {
                let bin = edges.partition_point(|edge| *edge <= f64::from(hit.0[word]));
                if (1..=here.len()).contains(&bin) {
                    here[bin - 1] += 1.0;
                }
            }
            let (what, unit) = key.split_once('_')?;
            Some(Overlay {
                title: format!("{}: {what} of hits", self.case()),
                x_label: format!("{what} ({unit})"),
                names: [name.to_owned(), "this program".to_owned()],
                edges,
                counts: [counts, here],
            })
        };
        words.into_iter().filter_map(overlay).collect()
    }
}

fn float(value: &Value, what: &str) -> Found<f64> {
    value.as_f64().ok_or_else(|| ReferenceError(what.to_owned()))
}

fn floats(value: &Value, what: &str) -> Found<Vec<f64>> {
    let list = value.as_array().ok_or_else(|| ReferenceError(what.to_owned()))?;
    list.iter().map(|v| float(v, what)).collect()
}

fn object<'a>(value: &'a Value, what: &str) -> Found<&'a serde_json::Map<String, Value>> {
    value.as_object().ok_or_else(|| ReferenceError(what.to_owned()))
}

/// An end of the reference that cannot happen here has no photon of ours.
fn ends(reference: &Value, ours: &Sample, n: f64) -> Found<Chi2> {
    let known = object(&reference["ends"], "ends")?;
    let of = |code: &str| known.get(code).and_then(Value::as_f64).unwrap_or(0.0);
    let mut bins: Vec<(String, f64, f64)> = ours
        .summary
        .ends
        .iter()
        .map(|(end, count)| (end.code().to_owned(), of(end.code()), count as f64))
        .collect();
    let seen: f64 = bins.iter().map(|bin| bin.1).sum();
    bins.push(("others".to_owned(), n - seen, 0.0));
    Ok(two_samples("ends", bins))
}

fn histories(reference: &Value, ours: &Sample, n: f64) -> Found<Chi2> {
    let fault = || ReferenceError("histories.top".to_owned());
    let top = reference["histories"]["top"].as_array().ok_or_else(fault)?;
    let pair = |v: &Value| Some((v[0].as_str()?.to_owned(), v[1].as_f64()?));
    let known = top.iter().map(pair).collect::<Option<_>>().ok_or_else(fault)?;
    let bins = history_bins(&known, n, &cut_histories(ours), ours.summary.photons as f64);
    Ok(two_samples("histories", bins))
}

/// Our histories as the reference calls them: every birth is TO, long ones are cut.
fn cut_histories(ours: &Sample) -> BTreeMap<String, f64> {
    let mut cut = BTreeMap::<String, f64>::new();
    for (history, count) in &ours.histories {
        let history = format!("TO{}", &history[2..]);
        let key = if points_of(&history) >= HISTORY_CUT {
            format!("{} ...", &history[..3 * HISTORY_CUT - 1])
        } else {
            history
        };
        *cut.entry(key).or_default() += *count as f64;
    }
    cut
}

/// Per end, photons by number of points; the last count of the reference is all beyond.
///
/// # Errors
/// If the reference is of another form.
pub fn ends_by_points(
    reference: &Value,
    ours: impl Fn(&str, &dyn Fn(usize) -> bool) -> f64,
) -> Found<Vec<Chi2>> {
    let per_end = object(reference, "ends_by_points")?.iter().map(|(end, counts)| {
        let counts = floats(counts, "ends_by_points")?;
        let last = counts.len().saturating_sub(1);
        let bins = counts.iter().enumerate().map(|(points, &a)| {
            let b = if points < last { ours(end, &|p| p == points) } else { ours(end, &|p| p >= last) };
            (format!("{points} points"), a, b)
        });
        Ok(two_samples(&format!("{end} by points"), bins))
    });
    per_end.collect()
}

/// Ends of histories cut after `limit` points.
///
/// # Errors
/// If the reference is of another form.
pub fn ends_at(reference: &Value, ours: &Sample, limit: usize) -> Found<Chi2> {
    let what = format!("ends at {limit} points");
    let bins = object(reference, &what)?.iter().map(|(end, count)| {
        let b = if end == "alive" {
            ours.ends_by_points("", |p| p > limit)
        } else {
            ours.ends_by_points(end, |p| p <= limit)
        };
        Ok((end.clone(), float(count, &what)?, b))
    });
    Ok(two_samples(&what, bins.collect::<Found<Vec<_>>>()?))
}

fn histogram(name: &str, reference: &Value, samples: impl Iterator<Item = f64>) -> Found<Chi2> {
    let edges = floats(&reference["edges"], name)?;
    let mut counts = vec![0.0; edges.len() + 1];
    for x in samples {
        counts[edges.partition_point(|&e| e <= x)] += 1.0;
    }
    let inner = floats(&reference["counts"], name)?;
    let (below, above) = (float(&reference["below"], name)?, float(&reference["above"], name)?);
    let a = std::iter::once(below).chain(inner).chain(std::iter::once(above));
    let label = |i: usize| format!("from {:.1}", if i == 0 { f64::NEG_INFINITY } else { edges[i - 1] });
    let bins: Vec<_> = a.zip(counts).enumerate().map(|(i, (a, b))| (label(i), a, b)).collect();
    Ok(two_samples(name, bins))
}

fn hits(reference: &Value, ours: &Sample, name_of: &dyn Fn(u32) -> String) -> Found<Vec<Chi2>> {
    let per_sensor = object(&reference["per_volume"], "hits.per_volume")?.iter().map(|(path, count)| {
        let name = path.rsplit('/').next().unwrap_or_default().split('#').next().unwrap_or_default();
        let here = ours.summary.hits_per_sensor.iter().filter(|(s, _)| name_of(**s) == name);
        let b: u64 = here.map(|(_, n)| n).sum();
        Ok((name.to_owned(), float(count, "hits.per_volume")?, b as f64))
    });
    let mut all = vec![two_samples("hits per sensor", per_sensor.collect::<Found<Vec<_>>>()?)];
    for (key, word) in [("x_mm", 0), ("y_mm", 1), ("z_mm", 2), ("time_ns", 3), ("wavelength_nm", 11)] {
        if reference[key].is_object() && (key != "wavelength_nm" || spread_out(reference)?) {
            let samples = ours.hits.iter().map(|h: &HitRecord| h.0[word].into());
            all.push(histogram(&format!("hits {key}"), &reference[key], samples)?);
        }
    }
    Ok(all)
}

/// Whether the wavelengths are more than one, which lies on an edge of the histogram.
fn spread_out(hits: &Value) -> Found<bool> {
    let counts = floats(&hits["wavelength_nm"]["counts"], "hits.wavelength_nm")?;
    Ok(counts.iter().filter(|&&n| n > 0.0).count() > 2)
}

/// The mean number of points as a comparison of one degree of freedom.
fn mean_points(reference: &Value, ours: &Sample) -> Found<Chi2> {
    let of = |key: &str| float(&reference[key], key);
    let (n, n_ours) = (of("n")?, ours.summary.photons as f64);
    let (mean, rms) = (of("mean_points")?, of("rms_points")?);
    let mean_ours = ours.summary.points as f64 / n_ours;
    let sigma = (mean_ours - mean) / (rms * (1.0 / n + 1.0 / n_ours).sqrt());
    let worst = (sigma, format!("{mean_ours:.3} for {mean:.3}"));
    Ok(Chi2 { name: "mean points".into(), sum: sigma * sigma, ndf: 1.0, worst })
}

/// Names of sensors' placements by their 1-based index.
pub fn sensor_names<'a>(detector: &'a Detector, scene: &'a SceneData) -> impl Fn(u32) -> String + 'a {
    |sensor| match scene.sensor_node(sensor as usize) {
        Some(node) => detector.placement(scene.source_placement(node)).name.clone(),
        None => "no sensor".to_owned(),
    }
}
