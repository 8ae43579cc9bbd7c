//! The gensteps of one launch: only what it needs of a batch goes to the device.

use std::ops::Range;

use cfg4::genstep::{Genstep, GenstepCode};

use crate::engine::Batch;
use crate::launch::{LaunchParameters, Segment};
use crate::transport::PreparedGenstep;

use super::memory::{Layout, PinnedBuffer};

/// Bytes that one segment takes in the tables of a launch.
pub(super) const SEGMENT_BYTES: usize =
    size_of::<PreparedGenstep>() + size_of::<Segment>() + size_of::<u64>();

/// Bytes of an input photon.
pub(super) const INPUT_BYTES: usize = size_of::<[f32; 16]>();

/// The segments of a batch that hold any of `photons`, for which there must be some.
pub(super) fn segments_of(batch: &Batch, photons: &Range<u64>) -> Range<usize> {
    let first = batch.starts.partition_point(|&start| start <= photons.start).saturating_sub(1);
    first..batch.starts.partition_point(|&start| start < photons.end)
}

/// Ends `photons` where they would need more than `most` segments.
pub(super) fn within_segments(batch: &Batch, photons: Range<u64>, most: usize) -> Range<u64> {
    let segments = segments_of(batch, &photons);
    match batch.starts.get(segments.start.saturating_add(most.max(1))) {
        Some(&next) => photons.start..photons.end.min(next),
        None => photons,
    }
}

/// What a launch is given besides its parameters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct LaunchTables {
    pub(super) gensteps: Vec<PreparedGenstep>,
    pub(super) segments: Vec<Segment>,
    pub(super) starts: Vec<u64>,
    pub(super) input_photons: Vec<[f32; 16]>,
}

impl LaunchTables {
    /// What `photons` of a batch need.
    pub(super) fn new(batch: &Batch, photons: &Range<u64>) -> Self {
        let mut tables = Self::default();
        for at in segments_of(batch, photons) {
            let mut segment = batch.segments[at];
            let mut genstep = batch.gensteps[segment.genstep as usize];
            let mut start = batch.starts[at];
            if emits_input_photons(&genstep) {
                let end = batch.starts.get(at + 1).copied().unwrap_or(batch.n_photons()).min(photons.end);
                let skipped = photons.start.saturating_sub(start);
                let in_genstep = u64::from(segment.first_in_genstep) + skipped;
                let first = u64::from(genstep.record.first_input_photon) + in_genstep;
                start += skipped;
                // The part that is wanted becomes a genstep of its own, with the photons that it emits.
                genstep.first_photon += in_genstep;
                genstep.n_photons = (end - start) as u32;
                genstep.record.first_input_photon = tables.input_photons.len() as u32;
                segment.first_in_genstep = 0;
                tables.input_photons.extend(
                    (first..first + (end - start)).filter_map(|i| batch.input_photons.get(i as usize)),
                );
            }
            segment.genstep = tables.gensteps.len() as u32;
            tables.gensteps.push(genstep);
            tables.segments.push(segment);
            tables.starts.push(start);
        }
        tables
    }

    /// Where they lie in a buffer, behind the parameters.
    pub(super) fn places(&self) -> TablePlaces {
        let mut layout = Layout::default();
        TablePlaces {
            parameters: layout.place::<LaunchParameters>(1),
            gensteps: layout.place::<PreparedGenstep>(self.gensteps.len()),
            segments: layout.place::<Segment>(self.segments.len()),
            starts: layout.place::<u64>(self.starts.len()),
            input_photons: layout.place::<[f32; 16]>(self.input_photons.len()),
            bytes: layout.bytes,
        }
    }

    /// Writes them into a buffer with room for them.
    pub(super) fn write(&self, places: &TablePlaces, buffer: &mut PinnedBuffer) {
        buffer.put(places.gensteps, &self.gensteps);
        buffer.put(places.segments, &self.segments);
        buffer.put(places.starts, &self.starts);
        buffer.put(places.input_photons, &self.input_photons);
    }
}

fn emits_input_photons(genstep: &PreparedGenstep) -> bool {
    bytemuck::cast::<_, Genstep>(genstep.record.words).code() == GenstepCode::EmitSource
}

/// Offsets in a buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct TablePlaces {
    pub(super) parameters: usize,
    pub(super) gensteps: usize,
    pub(super) segments: usize,
    pub(super) starts: usize,
    pub(super) input_photons: usize,
    pub(super) bytes: usize,
}

#[cfg(test)]
mod tests {
    use cfg4::genstep::TorchSpec;

    use super::*;
    use crate::engine::{EventInput, test_scene};

    fn torch(photons: u32) -> Genstep {
        let spec: TorchSpec = format!("photons={photons}").parse().unwrap();
        spec.place(&cfg4::detector::Transform::IDENTITY, 0).to_gensteps()[0]
    }

    fn batch(counts: &[&[u32]]) -> Batch {
        let scene = test_scene();
        let mut batch = Batch::default();
        for (i, counts) in counts.iter().enumerate() {
            let gensteps: Vec<Genstep> = counts.iter().map(|&n| torch(n)).collect();
            let input =
                EventInput { event_id: i as u32, gensteps: &gensteps, input_photons: &[], sensors: None };
            batch.add(&scene, &input, None).unwrap();
        }
        batch
    }

    #[test]
    fn a_launch_gets_the_segments_of_its_photons_and_no_others() {
        let batch = batch(&[&[10, 20], &[5], &[100]]);
        assert_eq!(batch.n_photons(), 135);
        assert_eq!(segments_of(&batch, &(0..1)), 0..1);
        assert_eq!(segments_of(&batch, &(9..11)), 0..2);
        assert_eq!(segments_of(&batch, &(10..30)), 1..2);
        let tables = LaunchTables::new(&batch, &(29..36));
        assert_eq!(tables.starts, [10, 30, 35]);
        let of_segment = |s: &Segment| (s.genstep, s.event, s.event_id, s.first_in_genstep);
        let segments: Vec<_> = tables.segments.iter().map(of_segment).collect();
        assert_eq!(segments, [(0, 0, 0, 0), (1, 1, 1, 0), (2, 2, 2, 0)]);
        assert_eq!(tables.gensteps[0].first_photon, 10);
        assert!(tables.input_photons.is_empty());
    }

    #[test]
    fn a_launch_ends_where_its_segments_would_be_too_many() {
        let batch = batch(&[&[10, 20], &[5], &[100]]);
        assert_eq!(within_segments(&batch, 0..135, 2), 0..30);
        assert_eq!(within_segments(&batch, 12..135, 2), 12..35);
        assert_eq!(within_segments(&batch, 12..20, 1), 12..20);
        assert_eq!(within_segments(&batch, 12..135, 100), 12..135);
    }

    #[test]
    fn input_photons_travel_with_the_launch_that_emits_them() {
        let scene = test_scene();
        let photons: Vec<[f32; 16]> = (0..30).map(|i| [i as f32; 16]).collect();
        let gensteps = [Genstep::emit_source(10, 0), torch(4), Genstep::emit_source(20, 0)];
        let input = EventInput { event_id: 5, gensteps: &gensteps, input_photons: &photons, sensors: None };
        let mut batch = Batch::default();
        batch.add(&scene, &input, None).unwrap();
        let tables = LaunchTables::new(&batch, &(7..20));
        assert_eq!(tables.starts, [7, 10, 14]);
        let emitted: Vec<f32> = tables.input_photons.iter().map(|p| p[0]).collect();
        assert_eq!(emitted, [7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0]);
        assert_eq!(tables.gensteps[0].first_photon, 7);
        assert_eq!(tables.gensteps[2].record.first_input_photon, 3);
        assert_eq!((tables.gensteps[2].first_photon, tables.gensteps[2].n_photons), (14, 6));
    }
}
