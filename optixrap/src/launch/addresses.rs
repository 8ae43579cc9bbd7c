//! The flat scene in device memory.
//!
//! [`SceneAddresses`] has the layout of [`Scene`] with 64-bit pointers: each slice is an address and a number of
//! elements. The kernels read it as a `Scene` where it lies, so that looking into it costs uniform loads and no copy per
//! thread. Sizes and offsets are checked at compile time, the order of a slice's two words by a test.

use core::mem::{offset_of, size_of};

use bytemuck::{Pod, Zeroable, cast_slice};

use crate::physics::sensor::{AngularGrid, Sensors};
use crate::physics::tables::Tables;
use crate::trace::geometry::Geometry;
use crate::trace::solid::Solids;
use crate::transport::Scene;

/// A slice in device memory.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct Span {
    /// Address of the first element; any multiple of 16 but 0 for an empty slice.
    pub address: u64,
    /// Number of elements.
    pub len: u64,
}

impl Span {
    /// A slice without elements.
    pub const EMPTY: Span = Span { address: 16, len: 0 };

    /// Hands the bytes of `data` to `upload`, which returns the device address that it has put them at (aligned to 16
    /// bytes); empty data are not uploaded.
    ///
    /// # Errors
    /// Those of `upload`.
    pub fn upload<T: Pod, E>(
        data: &[T],
        upload: &mut impl FnMut(&[u8]) -> Result<u64, E>,
    ) -> Result<Span, E> {
        if data.is_empty() {
            return Ok(Span::EMPTY);
        }
        Ok(Span { address: upload(cast_slice(data))?, len: data.len() as u64 })
    }

    /// The slice, where it lies.
    ///
    /// # Safety
    /// In this address space `address` must lead to `len` values of `T` that nobody changes for `'a`.
    #[inline(always)]
    pub unsafe fn slice<'a, T: Pod>(&self) -> &'a [T] {
        // SAFETY: the caller vouches for address and length.
        unsafe { core::slice::from_raw_parts(self.address as *const T, self.len as usize) }
    }
}

/// Every slice of [`Scene`], in its order.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct SceneAddresses {
    nodes: Span,
    instances: Span,
    placements: Span,
    volumes: Span,
    bvh: Span,
    borders: Span,
    arrays: Span,
    solid_records: Span,
    sections: Span,
    leaves: Span,
    planes: Span,
    vertices: Span,
    facets: Span,
    mesh_nodes: Span,
    sides: Span,
    instance_shift: u32,
    outside_arrays: u32,
    tables: Span,
    points: Span,
    media: Span,
    surface_points: Span,
    guide: Span,
    materials: Span,
    more: Span,
    surfaces: Span,
    surface_details: Span,
    film_layers: Span,
    surface_data: Span,
    /// Photons that the user gives: uploaded with the gensteps that emit them.
    pub input_photons: Span,
    source_spectrum: u32,
    pad: u32,
}

impl SceneAddresses {
    /// Uploads a scene, all but its input photons. `upload` puts bytes into device memory and returns their address,
    /// aligned to 16 bytes.
    ///
    /// # Errors
    /// Those of `upload`.
    pub fn upload<E>(scene: &Scene, upload: &mut impl FnMut(&[u8]) -> Result<u64, E>) -> Result<Self, E> {
        let (g, t) = (&scene.geometry, &scene.tables);
        Ok(Self {
            nodes: Span::upload(g.nodes, upload)?,
            instances: Span::upload(g.instances, upload)?,
            placements: Span::upload(g.placements, upload)?,
            volumes: Span::upload(g.volumes, upload)?,
            bvh: Span::upload(g.bvh, upload)?,
            borders: Span::upload(g.borders, upload)?,
            arrays: Span::upload(g.arrays, upload)?,
            solid_records: Span::upload(g.solids.records, upload)?,
            sections: Span::upload(g.solids.sections, upload)?,
            leaves: Span::upload(g.solids.leaves, upload)?,
            planes: Span::upload(g.solids.planes, upload)?,
            vertices: Span::upload(g.solids.vertices, upload)?,
            facets: Span::upload(g.solids.facets, upload)?,
            mesh_nodes: Span::upload(g.solids.mesh_nodes, upload)?,
            sides: Span::upload(g.solids.sides, upload)?,
            instance_shift: g.instance_shift,
            outside_arrays: g.outside_arrays,
            tables: Span::upload(t.tables, upload)?,
            points: Span::upload(t.points, upload)?,
            media: Span::upload(t.media, upload)?,
            surface_points: Span::upload(t.surface_points, upload)?,
            guide: Span::upload(t.guide, upload)?,
            materials: Span::upload(t.materials, upload)?,
            more: Span::upload(t.more, upload)?,
            surfaces: Span::upload(t.surfaces, upload)?,
            surface_details: Span::upload(t.surface_details, upload)?,
            film_layers: Span::upload(t.film_layers, upload)?,
            surface_data: Span::upload(t.surface_data, upload)?,
            input_photons: Span::EMPTY,
            source_spectrum: t.source_spectrum,
            pad: 0,
        })
    }

    /// The scene, where it lies.
    ///
    /// # Safety
    /// In this address space the addresses must lead to slices that nobody changes for `'a`.
    #[inline(always)]
    pub unsafe fn scene(&self) -> &Scene<'_> {
        // SAFETY: both are `repr(C)` with the same fields in the same order, which the constants below and the test
        // check. The caller vouches for the addresses.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }
}

/// Every slice of [`Sensors`], in its order.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct SensorAddresses {
    records: Span,
    grid: AngularGrid,
    angular: Span,
}

impl SensorAddresses {
    /// Uploads what is known of the sensors; see [`SceneAddresses::upload`].
    ///
    /// # Errors
    /// Those of `upload`.
    pub fn upload<E>(sensors: &Sensors, upload: &mut impl FnMut(&[u8]) -> Result<u64, E>) -> Result<Self, E> {
        let records = Span::upload(sensors.records, upload)?;
        Ok(Self { records, grid: sensors.grid, angular: Span::upload(sensors.angular, upload)? })
    }

    /// The sensors, where they lie.
    ///
    /// # Safety
    /// As of [`SceneAddresses::scene`].
    #[inline(always)]
    pub unsafe fn sensors(&self) -> &Sensors<'_> {
        // SAFETY: as in `SceneAddresses::scene`.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }
}

impl Default for SensorAddresses {
    /// No sensor data.
    fn default() -> Self {
        Self { records: Span::EMPTY, grid: AngularGrid::default(), angular: Span::EMPTY }
    }
}

/// Where a scene has its solids.
const SOLIDS: usize = offset_of!(Scene, geometry) + offset_of!(Geometry, solids);
/// Where a scene has its tables.
const TABLES: usize = offset_of!(Scene, tables);
// The layouts that `scene` and `sensors` rely on: these lines do not compile where they differ.
const _: [(); size_of::<&[u8]>()] = [(); size_of::<Span>()];
const _: [(); size_of::<Scene>()] = [(); size_of::<SceneAddresses>()];
const _: [(); offset_of!(Scene, geometry)] = [(); offset_of!(SceneAddresses, nodes)];
const _: [(); offset_of!(Geometry, instances)] = [(); offset_of!(SceneAddresses, instances)];
const _: [(); offset_of!(Geometry, placements)] = [(); offset_of!(SceneAddresses, placements)];
const _: [(); offset_of!(Geometry, volumes)] = [(); offset_of!(SceneAddresses, volumes)];
const _: [(); offset_of!(Geometry, bvh)] = [(); offset_of!(SceneAddresses, bvh)];
const _: [(); offset_of!(Geometry, borders)] = [(); offset_of!(SceneAddresses, borders)];
const _: [(); SOLIDS + offset_of!(Solids, records)] = [(); offset_of!(SceneAddresses, solid_records)];
const _: [(); SOLIDS + offset_of!(Solids, sections)] = [(); offset_of!(SceneAddresses, sections)];
const _: [(); SOLIDS + offset_of!(Solids, leaves)] = [(); offset_of!(SceneAddresses, leaves)];
const _: [(); SOLIDS + offset_of!(Solids, planes)] = [(); offset_of!(SceneAddresses, planes)];
const _: [(); SOLIDS + offset_of!(Solids, vertices)] = [(); offset_of!(SceneAddresses, vertices)];
const _: [(); SOLIDS + offset_of!(Solids, facets)] = [(); offset_of!(SceneAddresses, facets)];
const _: [(); SOLIDS + offset_of!(Solids, mesh_nodes)] = [(); offset_of!(SceneAddresses, mesh_nodes)];
const _: [(); SOLIDS + offset_of!(Solids, sides)] = [(); offset_of!(SceneAddresses, sides)];
const _: [(); offset_of!(Geometry, instance_shift)] = [(); offset_of!(SceneAddresses, instance_shift)];
const _: [(); offset_of!(Geometry, outside_arrays)] = [(); offset_of!(SceneAddresses, outside_arrays)];
const _: [(); TABLES + offset_of!(Tables, tables)] = [(); offset_of!(SceneAddresses, tables)];
const _: [(); TABLES + offset_of!(Tables, points)] = [(); offset_of!(SceneAddresses, points)];
const _: [(); TABLES + offset_of!(Tables, media)] = [(); offset_of!(SceneAddresses, media)];
const _: [(); TABLES + offset_of!(Tables, surface_points)] = [(); offset_of!(SceneAddresses, surface_points)];
const _: [(); TABLES + offset_of!(Tables, guide)] = [(); offset_of!(SceneAddresses, guide)];
const _: [(); TABLES + offset_of!(Tables, materials)] = [(); offset_of!(SceneAddresses, materials)];
const _: [(); TABLES + offset_of!(Tables, more)] = [(); offset_of!(SceneAddresses, more)];
const _: [(); TABLES + offset_of!(Tables, surfaces)] = [(); offset_of!(SceneAddresses, surfaces)];
const _: [(); TABLES + offset_of!(Tables, surface_details)] =
    [(); offset_of!(SceneAddresses, surface_details)];
const _: [(); TABLES + offset_of!(Tables, film_layers)] = [(); offset_of!(SceneAddresses, film_layers)];
const _: [(); TABLES + offset_of!(Tables, surface_data)] = [(); offset_of!(SceneAddresses, surface_data)];
const _: [(); TABLES + offset_of!(Tables, input_photons)] = [(); offset_of!(SceneAddresses, input_photons)];
const _: [(); TABLES + offset_of!(Tables, source_spectrum)] =
    [(); offset_of!(SceneAddresses, source_spectrum)];
const _: [(); size_of::<Sensors>()] = [(); size_of::<SensorAddresses>()];
const _: [(); offset_of!(Sensors, grid)] = [(); offset_of!(SensorAddresses, grid)];
const _: [(); offset_of!(Sensors, angular)] = [(); offset_of!(SensorAddresses, angular)];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::sensor::SensorRecord;

    /// In the host's own memory an address is a pointer: what was laid out must read as what it came from.
    #[test]
    fn addresses_read_as_the_slices_that_they_came_from() {
        let mut upload = |bytes: &[u8]| Ok::<u64, ()>(bytes.as_ptr() as u64);
        let records = [SensorRecord { efficiency_1: 0.5, efficiency_2: 0.25, category: 0, identifier: 9 }];
        let angular = [1.0, 0.5, 0.25];
        let grid = AngularGrid::new([1, 3, 1], [0.0, 180.0], [0.0, 360.0]);
        let sensors = Sensors { records: &records, grid, angular: &angular };
        let addresses = SensorAddresses::upload(&sensors, &mut upload).unwrap();
        // SAFETY: the addresses are those of the arrays above.
        let read = unsafe { addresses.sensors() };
        assert_eq!((read.records, read.grid, read.angular), (&records[..], grid, &angular[..]));
    }
}
