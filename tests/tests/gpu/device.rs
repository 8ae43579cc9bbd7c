//! Launches in the interpreter, as a host would make them on a GPU.

use std::ops::Range;
use std::sync::LazyLock;

use bytemuck::{Pod, bytes_of, cast_slice, pod_collect_to_vec};
use optixrap::engine::{Batch, ChunkOutput, LaunchOutput, PropagateConfig};
use optixrap::launch::{
    Counters, EventTally, LaunchParameters, Outputs, SceneAddresses, SensorAddresses, Span,
};
use optixrap::physics::sensor::Sensors;
use optixrap::scene::SceneData;
use optixrap::transport::{HitRecord, PathPoint, WayRecord};
use ptxrun::{Args, DevPtr, Device, LaunchConfig, Module, Stats};

use crate::workspace::root;

static PROPAGATE: LazyLock<Module> = LazyLock::new(|| module("propagate"));
static RECORDED: LazyLock<Module> = LazyLock::new(|| module("recorded"));
static PROPAGATE_SIMPLE: LazyLock<Module> = LazyLock::new(|| module("propagate_simple"));
static RECORDED_SIMPLE: LazyLock<Module> = LazyLock::new(|| module("recorded_simple"));
static PROBES: LazyLock<Module> = LazyLock::new(|| module("probes"));

fn module(name: &str) -> Module {
    let module = tools::ptx::MODULES.iter().find(|module| module.name == name).unwrap();
    Module::parse(&module.read(root()).unwrap()).unwrap()
}

/// The module that holds a kernel.
pub(crate) fn module_of(kernel: &str) -> &'static Module {
    match kernel {
        "propagate" => &PROPAGATE,
        "propagate_recorded" => &RECORDED,
        "propagate_simple" => &PROPAGATE_SIMPLE,
        "propagate_recorded_simple" => &RECORDED_SIMPLE,
        _ => &PROBES,
    }
}

/// How a batch is launched.
#[derive(Clone)]
pub(crate) struct Launch {
    pub(crate) kernel: &'static str,
    pub(crate) shape: LaunchConfig,
    pub(crate) refill_at: u32,
    /// Room for hits, points and history codes at first.
    pub(crate) room: usize,
}

impl Launch {
    /// `blocks` of one warp each.
    pub(crate) fn new(kernel: &'static str, blocks: u32) -> Self {
        Self { kernel, shape: LaunchConfig::linear(blocks, 32), refill_at: 24, room: 4 }
    }
}

/// A device in the interpreter, with a scene.
pub(crate) struct Gpu {
    device: Device<'static>,
    addresses: SceneAddresses,
    sensors: Option<SensorAddresses>,
    /// Launches repeated with more room.
    pub(crate) repeated: u32,
    pub(crate) stats: Stats,
}

impl Gpu {
    pub(crate) fn new(scene: &SceneData, kernel: &str, sensors: Option<&Sensors>) -> Self {
        let mut device = Device::new(module_of(kernel));
        let mut upload = |bytes: &[u8]| Ok::<u64, ()>(device.upload(bytes).0);
        let addresses = SceneAddresses::upload(&scene.view(), &mut upload).unwrap();
        let sensors = sensors.map(|sensors| SensorAddresses::upload(sensors, &mut upload).unwrap());
        Self { device, addresses, sensors, repeated: 0, stats: Stats::default() }
    }

    /// The scene in the device's memory.
    pub(crate) fn scene_addresses(&self) -> SceneAddresses {
        self.addresses
    }

    pub(crate) fn upload<T: Pod>(&mut self, data: &[T]) -> Span {
        Span::upload(data, &mut |bytes: &[u8]| Ok::<u64, ()>(self.device.upload(bytes).0)).unwrap()
    }

    /// Zeros for `len` values.
    pub(crate) fn zeroed<T: Pod>(&mut self, len: usize) -> Span {
        if len == 0 {
            return Span::EMPTY;
        }
        let address = self.device.alloc_zeroed(len * size_of::<T>()).0;
        Span { address, len: len as u64 }
    }

    pub(crate) fn download<T: Pod>(&self, span: &Span, len: u64) -> Vec<T> {
        if span.len == 0 {
            return Vec::new();
        }
        let bytes = self.device.download(DevPtr(span.address)).unwrap();
        pod_collect_to_vec(&bytes[..len as usize * size_of::<T>()])
    }

    /// Runs a kernel whose parameters are `parameters`.
    pub(crate) fn run<T: Pod>(&mut self, kernel: &str, shape: &LaunchConfig, parameters: &T) -> Stats {
        let address = self.device.upload(bytes_of(parameters));
        let stats = self.device.launch(kernel, shape, &Args::new().ptr(address).bytes()).unwrap();
        assert!(stats.bit_reproducible(), "{stats}");
        self.device.free(address);
        stats
    }

    /// Follows the photons `range` of a batch: the outputs of its events.
    pub(crate) fn propagate(
        &mut self,
        batch: &Batch,
        config: &PropagateConfig,
        launch: &Launch,
        range: Range<u64>,
    ) -> Vec<ChunkOutput> {
        let mut scene = self.addresses;
        scene.input_photons = self.upload(&batch.input_photons);
        let mut parameters = LaunchParameters {
            scene,
            sensors: self.sensors.unwrap_or_default(),
            transport: config.transport,
            hit_mask: config.hit_mask,
            has_sensors: self.sensors.is_some().into(),
            refill_at: launch.refill_at,
            pad: 0,
            seed: config.seed,
            gensteps: self.upload(&batch.gensteps),
            segments: self.upload(&batch.segments),
            starts: self.upload(&batch.starts),
            first: range.start,
            end: range.end,
            outputs: Outputs::counts_only(0, Span::EMPTY),
        };
        let mut room = [launch.room; 3];
        loop {
            parameters.outputs = self.outputs(batch, config, &range, room);
            self.stats = self.run(launch.kernel, &launch.shape, &parameters);
            let outputs = parameters.outputs;
            let counters: Counters = self.download(&Span { address: outputs.counters, len: 1 }, 1)[0];
            let wanted = [counters.hits, counters.points, counters.codes].map(|n| n as usize);
            if wanted.iter().zip(room).all(|(wanted, room)| *wanted <= room) {
                return self.collect(&outputs, counters).into_events(batch, range.start);
            }
            self.repeated += 1;
            room = [0, 1, 2].map(|i| room[i].max(wanted[i]));
        }
    }

    fn outputs(
        &mut self,
        batch: &Batch,
        config: &PropagateConfig,
        range: &Range<u64>,
        [hits, points, codes]: [usize; 3],
    ) -> Outputs {
        let when = |on: bool, n: usize| if on { n } else { 0 };
        Outputs {
            counters: self.zeroed::<Counters>(1).address,
            events: self.zeroed::<EventTally>(batch.events.len()),
            hits: self.zeroed::<HitRecord>(hits),
            hit_keys: self.zeroed::<optixrap::launch::HitKey>(hits),
            ways: self.zeroed::<WayRecord>(when(config.way, hits)),
            photons: self.zeroed::<HitRecord>(when(config.photons, (range.end - range.start) as usize)),
            points: self.zeroed::<PathPoint>(when(config.records, points)),
            point_indices: self.zeroed::<u64>(when(config.records, points)),
            codes: self.zeroed::<optixrap::launch::HistoryCode>(when(config.histories, codes)),
        }
    }

    fn collect(&self, outputs: &Outputs, counters: Counters) -> LaunchOutput {
        LaunchOutput {
            counters,
            tallies: self.download(&outputs.events, outputs.events.len),
            hits: self.download(&outputs.hits, counters.hits),
            hit_keys: self.download(&outputs.hit_keys, counters.hits),
            ways: self.download(&outputs.ways, counters.hits),
            photons: self.download(&outputs.photons, outputs.photons.len),
            points: self.download(&outputs.points, counters.points),
            point_indices: self.download(&outputs.point_indices, counters.points),
            codes: self.download(&outputs.codes, counters.codes),
        }
    }
}

/// The bytes of records, which differ where a bit differs.
pub(crate) fn bytes<T: Pod>(records: &[T]) -> &[u8] {
    cast_slice(records)
}
