//! Either engine, chosen at run time.

use std::fmt;
use std::str::FromStr;

use super::{
    BatchSink, ChunkOutput, CpuEngine, EngineError, EventInput, EventSummary, Interrupter, PropagateConfig,
    Sink,
};
use crate::cuda::{CudaEngine, CudaError, CudaOptions, CudaReport};
use crate::scene::SceneData;

/// Which engine is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineChoice {
    /// Every core of the machine.
    #[default]
    Cpu,
    /// NVIDIA GPUs.
    Cuda,
    /// GPUs if there are any that can be used, else the cores.
    Auto,
}

/// A text that names no engine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no engine; use cpu, cuda or auto")]
pub struct EngineChoiceError(String);

impl FromStr for EngineChoice {
    type Err = EngineChoiceError;

    fn from_str(text: &str) -> Result<Self, EngineChoiceError> {
        match text {
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda),
            "auto" => Ok(Self::Auto),
            _ => Err(EngineChoiceError(text.to_owned())),
        }
    }
}

impl fmt::Display for EngineChoice {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Cpu => "cpu",
            Self::Cuda => "cuda",
            Self::Auto => "auto",
        })
    }
}

/// What decides about an engine. None of it has an influence on results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EngineOptions {
    /// Which engine.
    pub choice: EngineChoice,
    /// Threads of the CPU engine; 0 for one per core.
    pub threads: usize,
    /// What decides about the CUDA engine.
    pub cuda: CudaOptions,
}

/// An engine: both give the same bits.
#[derive(Debug)]
pub enum Engine {
    /// Every core of the machine.
    Cpu(CpuEngine),
    /// NVIDIA GPUs.
    Cuda(CudaEngine),
}

impl Engine {
    /// The engine that is wanted, and why it is the CPU's where `auto` found no GPU that can be used.
    ///
    /// # Errors
    /// If the engine cannot be started.
    pub fn new(options: &EngineOptions) -> Result<(Self, Option<CudaError>), EngineError> {
        let cpu = |why| CpuEngine::new(options.threads).map(|engine| (Self::Cpu(engine), why));
        match options.choice {
            EngineChoice::Cpu => cpu(None),
            EngineChoice::Cuda => Ok((Self::Cuda(CudaEngine::new(&options.cuda)?), None)),
            EngineChoice::Auto => match CudaEngine::new(&options.cuda) {
                Ok(engine) => Ok((Self::Cuda(engine), None)),
                Err(why) => cpu(Some(why)),
            },
        }
    }

    /// `cpu` or `cuda`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Cpu(_) => "cpu",
            Self::Cuda(_) => "cuda",
        }
    }

    /// Threads of the CPU engine; of the CUDA engine one per device.
    pub fn threads(&self) -> usize {
        match self {
            Self::Cpu(engine) => engine.threads(),
            Self::Cuda(engine) => engine.devices().len(),
        }
    }

    /// What it runs on, in words: `8 threads`, `GPU 0 (NVIDIA H200)`.
    pub fn desc(&self) -> String {
        match self {
            Self::Cpu(engine) => format!("{} threads", engine.threads()),
            Self::Cuda(engine) => {
                let names: Vec<String> = engine.devices().iter().map(|d| d.name.to_string()).collect();
                names.join(", ")
            }
        }
    }

    /// What stops this engine's propagations.
    pub fn interrupter(&self) -> Interrupter {
        match self {
            Self::Cpu(engine) => engine.interrupter(),
            Self::Cuda(engine) => engine.interrupter(),
        }
    }

    /// Whether its propagations have been stopped: other long work for the same run should end too.
    pub fn is_interrupted(&self) -> bool {
        self.interrupter().is_interrupted()
    }

    /// What the devices are and have done; `None` for the CPU engine.
    pub fn cuda_report(&self) -> Option<CudaReport> {
        match self {
            Self::Cpu(_) => None,
            Self::Cuda(engine) => Some(engine.report()),
        }
    }

    /// Makes and follows all photons of an event; `sink` is given the results part by part, in photon order.
    ///
    /// # Errors
    /// A genstep that cannot be propagated, a failing sink, an interruption, or a failing device.
    pub fn propagate(
        &self,
        scene: &SceneData,
        input: &EventInput,
        config: &PropagateConfig,
        sink: Sink,
    ) -> Result<EventSummary, EngineError> {
        match self {
            Self::Cpu(engine) => engine.propagate(scene, input, config, sink),
            Self::Cuda(engine) => engine.propagate(scene, input, config, sink),
        }
    }

    /// Makes and follows all photons of several events, on a GPU in common launches. `sink` is given the number of the
    /// event in `inputs` and a part of its results, in the order of events and photons. Returns the counts of each event.
    ///
    /// # Errors
    /// As [`propagate`](Self::propagate).
    pub fn propagate_batch(
        &self,
        scene: &SceneData,
        inputs: &[EventInput],
        config: &PropagateConfig,
        sink: BatchSink,
    ) -> Result<Vec<EventSummary>, EngineError> {
        match self {
            Self::Cpu(engine) => one_by_one(engine, scene, inputs, config, sink),
            Self::Cuda(engine) => engine.propagate_batch(scene, inputs, config, sink),
        }
    }
}

fn one_by_one(
    engine: &CpuEngine,
    scene: &SceneData,
    inputs: &[EventInput],
    config: &PropagateConfig,
    sink: BatchSink,
) -> Result<Vec<EventSummary>, EngineError> {
    let propagate = |(i, input): (usize, &EventInput)| {
        let mut of_event = |output: &ChunkOutput| sink(i, output);
        engine.propagate(scene, input, config, &mut of_event).map_err(|error| error.of_event(inputs, input))
    };
    inputs.iter().enumerate().map(propagate).collect()
}
