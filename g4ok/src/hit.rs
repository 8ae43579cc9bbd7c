//! Hits as the application reads them.

use optixrap::engine::HitRecord;
use optixrap::physics::photon::flag;
use optixrap::physics::vec3::vec3;

use crate::opticks::Event;
use crate::{G4Opticks, G4OpticksError};

/// A hit: a detected photon, with its state in the frame of the world and in that of the touchable it ended at.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct G4OpticksHit {
    /// Position in the frame of the touchable, mm.
    pub local_position: [f64; 3],
    /// Position in the world, mm.
    pub global_position: [f64; 3],
    /// Time since the start of the event, ns.
    pub time_ns: f64,
    /// Direction in the frame of the touchable.
    pub local_direction: [f64; 3],
    /// Direction in the world.
    pub global_direction: [f64; 3],
    /// Weight.
    pub weight: f64,
    /// Polarization in the frame of the touchable.
    pub local_polarization: [f64; 3],
    /// Polarization in the world.
    pub global_polarization: [f64; 3],
    /// Wavelength, nm.
    pub wavelength_nm: f64,
    /// Signed boundary number: positive if met from inside.
    pub boundary: i32,
    /// 1-based sensor index, 0 if the surface belongs to no sensor.
    pub sensor_index: u32,
    /// Depth-first index of the touchable.
    pub node_index: u32,
    /// Index of the photon in the event, modulo 2^32.
    pub photon_index: u32,
    /// Flag bits of everything that happened to the photon.
    pub flag_mask: u32,
    /// The identifier given in `set_sensor_data`, 0 if none was.
    pub sensor_identifier: u32,
    /// Whether it was born as Cerenkov light.
    pub is_cerenkov: bool,
    /// Whether it was reemitted on its way.
    pub is_reemission: bool,
}

/// What way items add to a hit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct G4OpticksHitExtra {
    /// The last boundary before the end, mm in the world; zeros if there was none.
    pub boundary_pos: [f64; 3],
    /// When it was there, ns.
    pub boundary_time: f64,
    /// When the photon was born, ns.
    pub origin_time: f64,
    /// The track that made it.
    pub origin_track_id: i32,
}

impl G4Opticks {
    fn event(&self) -> Option<&Event> {
        self.event.as_ref()
    }

    /// Hits of the last propagation; 0 after [`reset`](Self::reset).
    #[doc(alias = "getNumHit")]
    pub fn num_hits(&self) -> usize {
        self.event().map_or(0, |e| e.hits.num_items() as usize)
    }

    /// Hits as an array (n,4,4): see [`HitRecord`]; `None` before a propagation and after [`reset`](Self::reset).
    #[doc(alias = "getHits")]
    pub fn hits(&self) -> Option<&npy::NPY<f32>> {
        self.event().map(|e| &e.hits)
    }

    /// Way items as an array (n,2,4), as many as hits if they were asked for.
    pub fn hiys(&self) -> Option<&npy::NPY<f32>> {
        self.event().map(|e| &e.hiys)
    }

    /// Counts of the last propagation.
    pub fn summary(&self) -> Option<&optixrap::engine::EventSummary> {
        self.event().map(|e| &e.summary)
    }

    /// Whether way items are made.
    #[doc(alias = "isWayEnabled")]
    pub fn is_way_enabled(&self) -> bool {
        self.config.propagate.way
    }

    /// By what the place of a way item is chosen: always 0, by nothing.
    ///
    /// The original took the last point in volumes of a given name (bit 1) and at boundaries of a given name (bit 2),
    /// both by default, and left the item empty where these were not named on its command line. Here it is always
    /// the last boundary before the photon's end: see [`G4OpticksHitExtra::boundary_pos`].
    #[doc(alias = "getWayMask")]
    pub fn way_mask(&self) -> u32 {
        0
    }

    /// Hit number `index`, from 0.
    ///
    /// # Errors
    /// If there is no such hit.
    #[doc(alias = "getHit")]
    pub fn hit(&self, index: usize) -> Result<G4OpticksHit, G4OpticksError> {
        let count = self.num_hits();
        let words = self.event().and_then(|e| e.hits.values().get(16 * index..16 * index + 16));
        let words: [f32; 16] = words.and_then(|w| w.try_into().ok()).ok_or(G4OpticksError::NoSuch {
            what: "hit",
            index,
            count,
        })?;
        self.unpack(&HitRecord(words))
    }

    fn unpack(&self, record: &HitRecord) -> Result<G4OpticksHit, G4OpticksError> {
        let geometry = self.geometry()?;
        let node_index = record.node_index();
        let node = geometry.node(node_index).unwrap_or(0);
        let to_local = geometry.scene().geometry().to_world(node).inverse();
        let w = &record.0;
        let [position, direction, polarization] = [0, 4, 8].map(|k| vec3(w[k], w[k + 1], w[k + 2]));
        let wide = |v: optixrap::physics::vec3::Vec3| [v.x, v.y, v.z].map(f64::from);
        let sensor_index = match record.sensor_index() {
            0xffff => geometry.scene().geometry().sensor(node),
            index => index,
        };
        Ok(G4OpticksHit {
            local_position: wide(to_local.point(position)),
            global_position: wide(position),
            time_ns: w[3].into(),
            local_direction: wide(to_local.direction(direction)),
            global_direction: wide(direction),
            weight: w[7].into(),
            local_polarization: wide(to_local.direction(polarization)),
            global_polarization: wide(polarization),
            wavelength_nm: w[11].into(),
            boundary: record.boundary(),
            sensor_index,
            node_index,
            photon_index: record.photon_index(),
            flag_mask: record.flag_mask(),
            sensor_identifier: self.sensors.identifier(sensor_index as usize).unwrap_or(0),
            is_cerenkov: record.flag_mask() & flag::CERENKOV != 0,
            is_reemission: record.flag_mask() & flag::BULK_REEMIT != 0,
        })
    }

    /// The way item of hit number `index`.
    ///
    /// # Errors
    /// If way items were not asked for, or there is no such hit.
    pub fn hit_extra(&self, index: usize) -> Result<G4OpticksHitExtra, G4OpticksError> {
        if !self.is_way_enabled() {
            return Err(G4OpticksError::NoWay);
        }
        let count = self.num_hits();
        let words = self.event().and_then(|e| e.hiys.values().get(8 * index..8 * index + 8));
        let w = words.ok_or(G4OpticksError::NoSuch { what: "way item", index, count })?;
        Ok(G4OpticksHitExtra {
            boundary_pos: [w[0], w[1], w[2]].map(f64::from),
            boundary_time: w[3].into(),
            origin_time: w[4].into(),
            origin_track_id: w[5].to_bits() as i32,
        })
    }

    /// The first `limit` hits as text, a line each, as `G4Opticks::dumpHits` printed them.
    #[doc(alias = "dumpHits")]
    pub fn dump_hits(&self, message: &str, limit: usize) -> Result<String, G4OpticksError> {
        let n = self.num_hits();
        let mut text = format!(
            "{message} num_hit {n}\n bnd   sIdx   nIdx     pIdx     fMsk      sID       nm        ns  FLAGS\n"
        );
        for index in 0..n.min(limit) {
            let h = self.hit(index)?;
            text += &format!(
                "{:4} {:6} {:6} {:8} {:8x} {:8x} {:8.3} {:9.3}  {}\n",
                h.boundary,
                h.sensor_index,
                h.node_index,
                h.photon_index,
                h.flag_mask,
                h.sensor_identifier,
                h.wavelength_nm,
                h.time_ns,
                optixrap::engine::flag_mask_text(h.flag_mask),
            );
        }
        Ok(text)
    }
}
