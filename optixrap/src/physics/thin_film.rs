//! Reflectance, transmittance and absorptance of a stack of thin layers (transfer matrix; Macleod, Thin-Film Optical
//! Filters, 2.4-2.6; Born and Wolf, Principles of Optics, 1.6 and 14.4).
//!
//! The layers j = 1 .. m of complex indices N = n + i k (light varies as exp(i (N k0 z - omega t))) and thicknesses d lie
//! between two media of real indices n1 and n2. With cos t_j = sqrt(1 - (n1 sin i / N_j)^2), the phase
//! delta_j = 2 pi N_j d_j cos t_j / lambda and the admittance eta_j = N_j cos t_j (perpendicular, S) or N_j / cos t_j
//! (parallel, P), the tangential fields in front of layer j follow from those behind it:
//!
//! B' = B cos delta - i C sin delta / eta, C' = C cos delta - i B eta sin delta,
//!
//! from B = 1, C = eta of the medium behind. In front of all layers, r = (eta1 B - C) / (eta1 B + C). The power
//! through any plane is Re(B C*), and 4 eta1 Re(B C*) / |eta1 B + C|^2 of what comes in; what it loses within a layer
//! is absorbed there, so that the three always sum to 1. Strong absorption does not overflow: fields are taken relative
//! to exp(Im delta).

use super::complex::{Complex, complex};
use super::fmath::{PI, exp, max, sin_cos_turns};
use crate::intrinsics::sqrt;

/// The two polarizations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarization {
    /// S: perpendicular to the plane of incidence.
    Perpendicular,
    /// P: in the plane of incidence.
    Parallel,
}

/// A wave in the stack, built up from behind, layer by layer.
#[derive(Debug, Clone, Copy)]
pub struct FilmWave {
    polarization: Polarization,
    /// n1 sin i.
    n1_sin: f32,
    /// Admittance in front.
    eta1: f32,
    /// Tangential electric and magnetic field.
    b: Complex,
    c: Complex,
    /// The transmitted wave in the same scale, times the ratio of its tangential part in front and behind.
    behind: Complex,
    /// Power that goes through, and that a marked layer keeps, in the same scale.
    through: f32,
    kept: f32,
}

/// What a stack does to one polarization.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FilmResult {
    /// Reflected share of the power.
    pub reflectance: f32,
    /// Share that passes into the medium behind.
    pub transmittance: f32,
    /// Share that the marked layer absorbs.
    pub kept: f32,
    /// Amplitude of the reflected wave, in the convention of [`boundary_fresnel`](super::boundary_fresnel).
    pub reflected: Complex,
    /// Amplitude of the transmitted wave.
    pub transmitted: Complex,
}

impl FilmWave {
    /// The wave behind all layers; `cos_i` is the cosine of incidence in front, above 0.
    pub fn behind(polarization: Polarization, (n1, n2): (f32, f32), cos_i: f32) -> Self {
        let n1_sin = n1 * sqrt(max(0.0, 1.0 - cos_i * cos_i));
        let eta1 = match polarization {
            Polarization::Perpendicular => n1 * cos_i,
            Polarization::Parallel => n1 / cos_i,
        };
        let n2 = complex(n2, 0.0);
        let cos_t = cosine(n1_sin, n2);
        let eta2 = admittance(polarization, n2, cos_t);
        let behind = match polarization {
            Polarization::Perpendicular => Complex::ONE,
            Polarization::Parallel => complex(cos_i, 0.0) / cos_t,
        };
        // Beyond the critical angle of the medium behind no power goes through: Re(eta2) is exactly 0.
        Self { polarization, n1_sin, eta1, b: Complex::ONE, c: eta2, behind, through: eta2.re, kept: 0.0 }
    }

    /// Puts a layer of complex index `n` in front; `thickness` in vacuum wavelengths.
    pub fn layer(&mut self, n: Complex, thickness: f32, marked: bool) {
        let cos = cosine(self.n1_sin, n);
        let eta = admittance(self.polarization, n, cos);
        let turns = n * cos * thickness;
        let (sin_re, cos_re) = sin_cos_turns(turns.re);
        // Cosine and sine of the complex phase, both times exp(-Im delta).
        let decay = exp(-2.0 * PI * turns.im);
        let decay2 = decay * decay;
        let (plus, minus) = (0.5 * (1.0 + decay2), 0.5 * (1.0 - decay2));
        let cos_delta = complex(cos_re * plus, -sin_re * minus);
        let sin_delta = complex(sin_re * plus, cos_re * minus);
        let minus_i = complex(0.0, -1.0);
        let before = self.power();
        let b = self.b * cos_delta + minus_i * self.c * sin_delta / eta;
        let c = self.c * cos_delta + minus_i * self.b * eta * sin_delta;
        (self.b, self.c) = (b, c);
        self.behind = self.behind * decay;
        self.through *= decay2;
        self.kept *= decay2;
        if marked {
            self.kept += self.power() - before * decay2;
        }
    }

    /// Re(B C*).
    fn power(&self) -> f32 {
        self.b.re * self.c.re + self.b.im * self.c.im
    }

    /// What comes of it all.
    pub fn result(&self) -> FilmResult {
        let sum = self.b * self.eta1 + self.c;
        let r = (self.b * self.eta1 - self.c) / sum;
        let by_incoming = 4.0 * self.eta1 / sum.squared_length();
        let t = self.behind * (2.0 * self.eta1) / sum;
        FilmResult {
            reflectance: r.squared_length(),
            transmittance: self.through * by_incoming,
            kept: self.kept * by_incoming,
            // The tangential field of a reflected P wave has the opposite sign of its amplitude.
            reflected: if self.polarization == Polarization::Parallel { -r } else { r },
            transmitted: t,
        }
    }
}

/// cos^2 below which light that grazes a boundary within the stack is taken to be just beyond its critical angle.
const GRAZING_COS2: f32 = 1e-12;

/// cos t of a medium; the branch that decays away from the boundary.
fn cosine(n1_sin: f32, n: Complex) -> Complex {
    let sine = complex(n1_sin, 0.0) / n;
    let cos = (Complex::ONE - sine * sine).square_root();
    if cos.squared_length() < GRAZING_COS2 {
        return complex(0.0, 1e-6);
    }
    if (n * cos).im < 0.0 { -cos } else { cos }
}

fn admittance(polarization: Polarization, n: Complex, cos: Complex) -> Complex {
    match polarization {
        Polarization::Perpendicular => n * cos,
        Polarization::Parallel => n / cos,
    }
}
