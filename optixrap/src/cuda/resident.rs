//! What stays on a device from event to event: the scene, and what is known of its sensors.

use std::convert::Infallible;
use std::sync::Arc;

use cudarc::driver::CudaStream;

use crate::launch::{SceneAddresses, SensorAddresses};
use crate::physics::sensor::{AngularGrid, SensorRecord, Sensors};
use crate::scene::SceneData;

use super::error::CudaError;
use super::memory::{ALIGNMENT, DeviceBuffer, Ledger};

/// The scene that the device holds.
#[derive(Debug)]
pub(super) struct ResidentScene {
    ledger: Arc<Ledger>,
    buffer: DeviceBuffer,
    held: Option<(String, SceneAddresses)>,
}

impl ResidentScene {
    pub(super) fn new(ledger: &Arc<Ledger>) -> Self {
        Self { ledger: ledger.clone(), buffer: DeviceBuffer::new(ledger, "hold the scene"), held: None }
    }

    /// Device memory that it takes.
    pub(super) fn bytes(&self) -> u64 {
        self.buffer.capacity() as u64
    }

    /// Whether this is the scene that it holds.
    pub(super) fn is(&self, scene: &SceneData) -> bool {
        self.held.as_ref().is_some_and(|(digest, _)| digest == scene.digest())
    }

    /// Where the scene lies; it is uploaded unless it is there already. No launch may be under way then.
    ///
    /// # Errors
    /// If the device has no room for it.
    pub(super) fn hold(
        &mut self,
        scene: &SceneData,
        stream: &CudaStream,
    ) -> Result<SceneAddresses, CudaError> {
        if let (true, Some((_, addresses))) = (self.is(scene), &self.held) {
            return Ok(*addresses);
        }
        self.held = None;
        let view = scene.view();
        let addresses = lay_out(&mut self.buffer, &self.ledger, stream, |upload| {
            SceneAddresses::upload(&view, &mut |bytes: &[u8]| upload(bytes))
        })?;
        self.held = Some((scene.digest().to_owned(), addresses));
        Ok(addresses)
    }
}

/// The sensor data that the device holds.
#[derive(Debug)]
pub(super) struct ResidentSensors {
    ledger: Arc<Ledger>,
    buffer: DeviceBuffer,
    held: Option<(OwnedSensors, SensorAddresses)>,
}

/// Sensor data, kept to be compared with.
#[derive(Debug)]
struct OwnedSensors {
    records: Vec<SensorRecord>,
    grid: AngularGrid,
    angular: Vec<f32>,
}

impl OwnedSensors {
    fn new(sensors: &Sensors) -> Self {
        let Sensors { records, grid, angular } = *sensors;
        Self { records: records.to_vec(), grid, angular: angular.to_vec() }
    }

    fn view(&self) -> Sensors<'_> {
        Sensors { records: &self.records, grid: self.grid, angular: &self.angular }
    }
}

impl ResidentSensors {
    pub(super) fn new(ledger: &Arc<Ledger>) -> Self {
        let buffer = DeviceBuffer::new(ledger, "hold the sensor data");
        Self { ledger: ledger.clone(), buffer, held: None }
    }

    /// Device memory that they take.
    pub(super) fn bytes(&self) -> u64 {
        self.buffer.capacity() as u64
    }

    /// Whether nothing needs to be uploaded for these.
    pub(super) fn has(&self, sensors: Option<&Sensors>) -> bool {
        let held = self.held.as_ref().map(|(held, _)| held.view());
        sensors.is_none() || same_sensors(sensors, held.as_ref())
    }

    /// Where the sensors lie; they are uploaded unless they are there already. No launch may be under way then.
    ///
    /// # Errors
    /// If the device has no room for them.
    pub(super) fn hold(
        &mut self,
        sensors: Option<&Sensors>,
        stream: &CudaStream,
    ) -> Result<SensorAddresses, CudaError> {
        let Some(sensors) = sensors else { return Ok(SensorAddresses::default()) };
        if let (true, Some((_, addresses))) = (self.has(Some(sensors)), &self.held) {
            return Ok(*addresses);
        }
        self.held = None;
        let addresses = lay_out(&mut self.buffer, &self.ledger, stream, |upload| {
            SensorAddresses::upload(sensors, &mut |bytes: &[u8]| upload(bytes))
        })?;
        self.held = Some((OwnedSensors::new(sensors), addresses));
        Ok(addresses)
    }
}

/// Whether two events have the same sensor data.
pub(super) fn same_sensors(a: Option<&Sensors>, b: Option<&Sensors>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => a.records == b.records && a.grid == b.grid && a.angular == b.angular,
        _ => false,
    }
}

/// Uploads slices as one block: `describe` is called with a function that tells each slice's address.
fn lay_out<A>(
    buffer: &mut DeviceBuffer,
    ledger: &Ledger,
    stream: &CudaStream,
    describe: impl Fn(&mut dyn FnMut(&[u8]) -> Result<u64, Infallible>) -> Result<A, Infallible>,
) -> Result<A, CudaError> {
    let mut size = 0;
    let Ok(_) = describe(&mut |bytes: &[u8]| {
        size += bytes.len().next_multiple_of(ALIGNMENT);
        Ok(ALIGNMENT as u64)
    });
    buffer.reserve(size)?;
    let base = buffer.address();
    let mut block: Vec<u8> = Vec::with_capacity(size);
    let Ok(addresses) = describe(&mut |bytes: &[u8]| {
        let address = base + block.len() as u64;
        block.extend_from_slice(bytes);
        block.resize(block.len().next_multiple_of(ALIGNMENT), 0);
        Ok(address)
    });
    buffer.upload_now(&block, stream).map_err(ledger.explain("be given the scene"))?;
    Ok(addresses)
}
