//! One of the two places of a device where a launch and its data can be: while the launch of one runs, the results of
//! the other are copied and sorted.

use std::ops::Range;
use std::sync::Arc;

use cudarc::driver::sys::CUevent_flags;
use cudarc::driver::{CudaContext, CudaEvent, CudaStream};

use crate::engine::{Batch, HitRecord, LaunchOutput, PathPoint, PropagateConfig, WayRecord};
use crate::launch::{
    Counters, EventTally, HistoryCode, HitKey, LaunchParameters, Outputs, SceneAddresses, SensorAddresses,
    Span,
};

use super::error::CudaError;
use super::kernel::Kernel;
use super::memory::{DeviceBuffer, Layout, Ledger, PinnedBuffer};
use super::plan::{Rooms, Wants};
use super::report::LaunchTotals;
use super::tables::{LaunchTables, TablePlaces};

/// Everything about a launch that does not depend on its photons.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) kernel: &'a Kernel,
    pub(super) scene: SceneAddresses,
    pub(super) sensors: SensorAddresses,
    pub(super) has_sensors: bool,
    /// A warp makes new photons when at most so many of its lanes have one.
    pub(super) refill_at: u32,
    pub(super) config: &'a PropagateConfig,
}

/// Stream, buffers and marks of a launch.
#[derive(Debug)]
pub(super) struct Slot {
    ledger: Arc<Ledger>,
    pub(super) stream: Arc<CudaStream>,
    tables: DeviceBuffer,
    counts: DeviceBuffer,
    outputs: DeviceBuffer,
    to_device: PinnedBuffer,
    to_host: PinnedBuffer,
    marks: Marks,
    underway: Option<Underway>,
}

/// Points in the stream.
#[derive(Debug)]
struct Marks {
    begun: CudaEvent,
    uploaded: CudaEvent,
    ran: CudaEvent,
    counted: CudaEvent,
    fetching: CudaEvent,
    fetched: CudaEvent,
}

/// A launch that has been submitted.
#[derive(Debug)]
struct Underway {
    photons: u64,
    wants: Wants,
    rooms: Rooms,
    places: OutputPlaces,
    events: usize,
}

/// How a launch went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ran {
    pub(super) counters: Counters,
    /// Whether every result has been stored.
    pub(super) is_complete: bool,
    /// Milliseconds from the device's mark of time to when the launch could begin.
    pub(super) from_ms: f64,
    /// To its end.
    pub(super) to_ms: f64,
}

/// Offsets in the buffer of results.
#[derive(Debug, Clone, Copy)]
struct OutputPlaces {
    hits: usize,
    hit_keys: usize,
    ways: usize,
    photons: usize,
    points: usize,
    point_indices: usize,
    codes: usize,
    bytes: usize,
}

impl OutputPlaces {
    fn new(wants: &Wants, rooms: &Rooms, photons: u64) -> Self {
        let mut layout = Layout::default();
        let hits = rooms.hits as usize;
        let points = rooms.points as usize;
        Self {
            hits: layout.place::<HitRecord>(hits),
            hit_keys: layout.place::<HitKey>(hits),
            ways: layout.place::<WayRecord>(if wants.ways { hits } else { 0 }),
            photons: layout.place::<HitRecord>(if wants.photons { photons as usize } else { 0 }),
            points: layout.place::<PathPoint>(points),
            point_indices: layout.place::<u64>(points),
            codes: layout.place::<HistoryCode>(rooms.codes as usize),
            bytes: layout.bytes,
        }
    }
}

impl Slot {
    pub(super) fn new(context: &Arc<CudaContext>, ledger: &Arc<Ledger>) -> Result<Self, CudaError> {
        let mark = |flags| context.new_event(Some(flags)).map_err(ledger.explain("be given marks of time"));
        let (timed, waited) = (CUevent_flags::CU_EVENT_DEFAULT, CUevent_flags::CU_EVENT_BLOCKING_SYNC);
        let marks = Marks {
            begun: mark(timed)?,
            uploaded: mark(timed)?,
            ran: mark(timed)?,
            counted: mark(waited)?,
            fetching: mark(timed)?,
            fetched: mark(waited)?,
        };
        Ok(Self {
            ledger: ledger.clone(),
            stream: context.new_stream().map_err(ledger.explain("be given a stream"))?,
            tables: DeviceBuffer::new(ledger, "hold the gensteps of a launch"),
            counts: DeviceBuffer::new(ledger, "hold the counts of a launch"),
            outputs: DeviceBuffer::new(ledger, "hold the results of a launch"),
            to_device: PinnedBuffer::new(ledger),
            to_host: PinnedBuffer::new(ledger),
            marks,
            underway: None,
        })
    }

    /// Submits a launch. Nothing of the slot may be under way.
    ///
    /// # Errors
    /// If there is no memory for it, and whatever the driver says.
    pub(super) fn submit(
        &mut self,
        setting: &Setting,
        batch: &Batch,
        photons: &Range<u64>,
        rooms: Rooms,
        totals: &mut LaunchTotals,
    ) -> Result<(), CudaError> {
        debug_assert!(self.underway.is_none());
        let tables = LaunchTables::new(batch, photons);
        let places = tables.places();
        let wants = Wants::new(setting.config);
        let n_photons = photons.end - photons.start;
        let outputs = OutputPlaces::new(&wants, &rooms, n_photons);
        let underway =
            Underway { photons: n_photons, wants, rooms, places: outputs, events: batch.events.len() };
        let counts = underway.counts_bytes();
        self.tables.reserve(places.bytes)?;
        self.counts.reserve(counts)?;
        self.outputs.reserve(outputs.bytes)?;
        self.to_device.reserve(places.bytes)?;
        self.to_host.reserve(counts)?;
        tables.write(&places, &mut self.to_device);
        let parameters = self.parameters(setting, &tables, &places, &underway, photons);
        self.to_device.put(places.parameters, &[parameters]);
        self.underway = Some(underway);
        totals.launches += 1;
        totals.photons += n_photons;
        totals.bytes_up += places.bytes as u64;
        totals.bytes_down += counts as u64;
        self.enqueue(setting.kernel, &places, n_photons, counts).map_err(|error| {
            self.abandon();
            self.ledger.explain("launch a kernel")(error)
        })
    }

    fn enqueue(
        &mut self,
        kernel: &Kernel,
        places: &TablePlaces,
        photons: u64,
        counts: usize,
    ) -> Result<(), cudarc::driver::DriverError> {
        let stream = &self.stream;
        self.marks.begun.record(stream)?;
        // SAFETY: the buffers belong to this slot, which changes none of them before it has waited for the launch: see
        // `wait` and `abandon`; the parameters lead to them and to what is resident, which stays until the slots are idle.
        unsafe {
            self.tables.upload(&self.to_device, places.bytes, stream)?;
            self.counts.clear(counts, stream)?;
            self.marks.uploaded.record(stream)?;
            kernel.launch(self.tables.address() + places.parameters as u64, photons, stream)?;
            self.marks.ran.record(stream)?;
            self.counts.download(0, &mut self.to_host, 0, counts, stream)?;
        }
        self.marks.counted.record(stream)
    }

    fn parameters(
        &self,
        setting: &Setting,
        tables: &LaunchTables,
        places: &TablePlaces,
        underway: &Underway,
        photons: &Range<u64>,
    ) -> LaunchParameters {
        let of_tables = |offset: usize, len: usize| span(self.tables.address(), offset, len);
        let mut scene = setting.scene;
        scene.input_photons = of_tables(places.input_photons, tables.input_photons.len());
        LaunchParameters {
            scene,
            sensors: setting.sensors,
            transport: setting.config.transport,
            hit_mask: setting.config.hit_mask,
            has_sensors: setting.has_sensors.into(),
            refill_at: setting.refill_at,
            pad: 0,
            seed: setting.config.seed,
            gensteps: of_tables(places.gensteps, tables.gensteps.len()),
            segments: of_tables(places.segments, tables.segments.len()),
            starts: of_tables(places.starts, tables.starts.len()),
            first: photons.start,
            end: photons.end,
            outputs: self.outputs(underway),
        }
    }

    fn outputs(&self, underway: &Underway) -> Outputs {
        let Underway { photons, wants, rooms, places, events } = underway;
        let at = |offset: usize, len: u64| span(self.outputs.address(), offset, len as usize);
        Outputs {
            counters: self.counts.address(),
            events: span(self.counts.address(), tallies_at(), *events),
            hits: at(places.hits, rooms.hits),
            hit_keys: at(places.hit_keys, rooms.hits),
            ways: at(places.ways, if wants.ways { rooms.hits } else { 0 }),
            photons: at(places.photons, if wants.photons { *photons } else { 0 }),
            points: at(places.points, rooms.points),
            point_indices: at(places.point_indices, rooms.points),
            codes: at(places.codes, rooms.codes),
        }
    }

    /// Waits for the launch and tells how it went. `start` is the device's mark of time.
    ///
    /// # Errors
    /// Whatever the driver says.
    pub(super) fn wait(&mut self, start: &CudaEvent, totals: &mut LaunchTotals) -> Result<Ran, CudaError> {
        let explain = self.ledger.explain("follow photons");
        self.marks.counted.synchronize().map_err(&explain)?;
        let since = |mark: &CudaEvent| start.elapsed_ms(mark).map(f64::from);
        let times =
            [&self.marks.begun, &self.marks.uploaded, &self.marks.ran, &self.marks.counted].map(since);
        let [begun, uploaded, ran, counted] = times;
        let (begun, from_ms, to_ms, counted) = (
            begun.map_err(&explain)?,
            uploaded.map_err(&explain)?,
            ran.map_err(&explain)?,
            counted.map_err(&explain)?,
        );
        totals.copy_s += (from_ms - begun + counted - to_ms).max(0.0) / 1000.0;
        let counters = self.to_host.get::<Counters>(0, 1)[0];
        let is_complete = self.underway.as_ref().is_some_and(|u| u.rooms.held(&counters));
        if !is_complete {
            self.underway = None;
        }
        Ok(Ran { counters, is_complete, from_ms, to_ms })
    }

    /// The results of a launch that is complete.
    ///
    /// # Errors
    /// If the host has no memory for them, and whatever the driver says.
    pub(super) fn fetch(
        &mut self,
        counters: Counters,
        totals: &mut LaunchTotals,
    ) -> Result<LaunchOutput, CudaError> {
        let Some(underway) = self.underway.take() else { return Ok(LaunchOutput::default()) };
        let tallies = self.to_host.get::<EventTally>(tallies_at(), underway.events);
        let wants = underway.wants;
        let wanted = Rooms::exactly(&counters);
        let to = OutputPlaces::new(&wants, &wanted, underway.photons);
        self.to_host.reserve(to.bytes)?;
        let from = underway.places;
        let (hits, points) = (wanted.hits as usize, wanted.points as usize);
        let ways = if wants.ways { hits } else { 0 };
        let photons = if wants.photons { underway.photons as usize } else { 0 };
        let parts = [
            (from.hits, to.hits, hits * size_of::<HitRecord>()),
            (from.hit_keys, to.hit_keys, hits * size_of::<HitKey>()),
            (from.ways, to.ways, ways * size_of::<WayRecord>()),
            (from.photons, to.photons, photons * size_of::<HitRecord>()),
            (from.points, to.points, points * size_of::<PathPoint>()),
            (from.point_indices, to.point_indices, points * size_of::<u64>()),
            (from.codes, to.codes, wanted.codes as usize * size_of::<HistoryCode>()),
        ];
        let copied = self.copy_parts(&parts).map_err(self.ledger.explain("hand out results"))?;
        totals.copy_s += copied;
        totals.bytes_down += parts.iter().map(|part| part.2 as u64).sum::<u64>();
        let host = &self.to_host;
        Ok(LaunchOutput {
            counters,
            tallies,
            hits: host.get(to.hits, hits),
            hit_keys: host.get(to.hit_keys, hits),
            ways: host.get(to.ways, ways),
            photons: host.get(to.photons, photons),
            points: host.get(to.points, points),
            point_indices: host.get(to.point_indices, points),
            codes: host.get(to.codes, wanted.codes as usize),
        })
    }

    /// Copies parts (from, to, bytes) of the results and waits for them; returns the seconds that it took.
    fn copy_parts(&mut self, parts: &[(usize, usize, usize)]) -> Result<f64, cudarc::driver::DriverError> {
        let stream = &self.stream;
        self.marks.fetching.record(stream)?;
        for &(from, to, bytes) in parts.iter().filter(|part| part.2 > 0) {
            // SAFETY: both buffers stay as they are until the copies are done, which is waited for below.
            unsafe { self.outputs.download(from, &mut self.to_host, to, bytes, stream) }?;
        }
        self.marks.fetched.record(stream)?;
        self.marks.fetched.synchronize()?;
        self.marks.fetching.elapsed_ms(&self.marks.fetched).map(|ms| f64::from(ms) / 1000.0)
    }

    /// Gives up what is under way: waits for it and forgets it.
    pub(super) fn abandon(&mut self) {
        // If the device is lost there is nothing to wait for.
        let _ = self.stream.synchronize();
        self.underway = None;
    }

    /// Gives the memory of its buffers back. Nothing may be under way.
    pub(super) fn release(&mut self) {
        self.abandon();
        self.tables.release();
        self.counts.release();
        self.outputs.release();
        self.to_device.release();
        self.to_host.release();
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.abandon();
    }
}

impl Underway {
    /// Bytes of the counters and the tallies of all events.
    fn counts_bytes(&self) -> usize {
        tallies_at() + self.events * size_of::<EventTally>()
    }
}

/// Where the tallies begin, behind the counters.
fn tallies_at() -> usize {
    let mut layout = Layout::default();
    layout.place::<Counters>(1);
    layout.bytes
}

fn span(base: u64, offset: usize, len: usize) -> Span {
    if len == 0 { Span::EMPTY } else { Span { address: base + offset as u64, len: len as u64 } }
}
