//! The catalogue: GPU models, the sizes that they come in, and where they are sold.

/// A GPU model.
#[derive(Debug)]
pub(crate) struct Model {
    /// Name, as in `GpuType`.
    pub(crate) name: &'static str,
    /// Name for people.
    pub(crate) description: &'static str,
    /// Memory of a card.
    pub(crate) memory_gb: i64,
    /// Most cards of an instance.
    pub(crate) max_gpus: i64,
    /// Most CPU cores of an instance.
    pub(crate) max_cpu: i64,
    /// Most memory of an instance.
    pub(crate) max_memory_gb: i64,
    /// CPU cores that come with a card.
    pub(crate) cpu: i64,
    /// Memory that comes with a card.
    pub(crate) host_memory_gb: i64,
    /// Whether machines with Intel CPUs have it.
    pub(crate) intel: bool,
    /// Whether machines with AMD CPUs have it.
    pub(crate) amd: bool,
    /// Whether interruptible instances may have it.
    pub(crate) spot: bool,
    /// Whether its instances start without a GPU too.
    pub(crate) without_gpu: bool,
    /// Price of a card before discounts, in CNY per hour.
    pub(crate) price: f64,
    /// Speed of a card in TFlops.
    pub(crate) tflops: f64,
}

/// Every model, in the order in which the documentation lists them.
#[rustfmt::skip]
pub(crate) const MODELS: &[Model] = &[
    model("4090", "NVIDIA GeForce RTX 4090", 24, [10, 140, 680, 16, 64], "IA", true, true, 1.98, 82.6),
    model("4090_48G", "NVIDIA GeForce RTX 4090 48G", 48, [8, 124, 940, 15, 115], "IA", false, true, 2.98, 82.6),
    model("5090", "NVIDIA GeForce RTX 5090", 32, [8, 124, 940, 15, 90], "IA", true, true, 3.28, 104.8),
    model("A100", "NVIDIA A100", 80, [8, 124, 1024, 15, 120], "I", true, false, 6.5, 19.5),
    model("A800", "NVIDIA A800", 80, [8, 124, 1800, 15, 200], "I", false, true, 6.98, 19.5),
    model("H20", "NVIDIA H20", 96, [8, 188, 1800, 20, 200], "I", false, true, 7.98, 44.0),
    model("3090", "NVIDIA GeForce RTX 3090", 24, [8, 124, 450, 14, 50], "A", true, true, 1.28, 35.6),
    model("3080Ti", "NVIDIA GeForce RTX 3080 Ti", 12, [8, 12, 125, 12, 32], "I", true, false, 0.88, 34.1),
    model("2080Ti", "NVIDIA GeForce RTX 2080 Ti", 11, [8, 48, 192, 6, 24], "I", true, false, 0.68, 13.4),
    model("2080", "NVIDIA GeForce RTX 2080", 11, [8, 92, 334, 8, 32], "I", false, false, 0.58, 10.1),
    model("P40", "NVIDIA Tesla P40", 24, [8, 48, 502, 6, 48], "I", false, false, 0.78, 12.0),
    model("V100S", "NVIDIA Tesla V100S", 32, [8, 92, 576, 10, 64], "I", true, false, 1.88, 16.4),
];

#[allow(clippy::too_many_arguments, reason = "one row of a table")]
const fn model(
    name: &'static str,
    description: &'static str,
    memory_gb: i64,
    sizes: [i64; 5],
    platforms: &str,
    spot: bool,
    without_gpu: bool,
    price: f64,
    tflops: f64,
) -> Model {
    let [max_gpus, max_cpu, max_memory_gb, cpu, host_memory_gb] = sizes;
    let platforms = platforms.as_bytes();
    Model {
        name,
        description,
        memory_gb,
        max_gpus,
        max_cpu,
        max_memory_gb,
        cpu,
        host_memory_gb,
        intel: matches!(platforms, [b'I', ..]),
        amd: matches!(platforms, [b'A'] | [_, b'A']),
        spot,
        without_gpu,
        price,
        tflops,
    }
}

/// CPU cores and memory choices of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) cpu: i64,
    pub(crate) memory_gb: Vec<i64>,
}

impl Model {
    /// The model of that name.
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        MODELS.iter().find(|model| model.name == name)
    }

    /// What an instance with so many cards may have: half of what comes with the cards, and all of it,
    /// with as much memory or half as much again.
    pub(crate) fn sizes(&self, gpus: i64) -> Vec<Size> {
        if !(1..=self.max_gpus).contains(&gpus) {
            return Vec::new();
        }
        let cpu = (self.cpu * gpus).min(self.max_cpu);
        let memory = (self.host_memory_gb * gpus).min(self.max_memory_gb);
        let larger = (memory * 3 / 2).min(self.max_memory_gb);
        let mut full = vec![memory, larger];
        full.dedup();
        vec![Size { cpu: cpu / 2, memory_gb: vec![memory / 2] }, Size { cpu, memory_gb: full }]
    }

    /// Whether an instance of that size is sold.
    pub(crate) fn has_size(&self, gpus: i64, cpu: i64, memory_gb: i64) -> bool {
        self.sizes(gpus).iter().any(|size| size.cpu == cpu && size.memory_gb.contains(&memory_gb))
    }

    /// CPU platforms as requests name them.
    pub(crate) fn platforms(&self) -> Vec<&'static str> {
        let rows = [(self.amd, "Amd/Auto"), (self.intel, "Intel/Auto")];
        rows.into_iter().filter_map(|(has, name)| has.then_some(name)).collect()
    }

    /// The platform that an instance gets, where the request's wish can be met.
    pub(crate) fn platform(&self, wish: &str) -> Option<&'static str> {
        match wish {
            "Intel/Auto" => self.intel.then_some("Intel/IceLake"),
            "Amd/Auto" => self.amd.then_some("Amd/Epyc3"),
            _ if self.amd => Some("Amd/Epyc3"),
            _ => Some("Intel/IceLake"),
        }
    }
}

/// Cards that a new gateway has of each model, by zone.
#[rustfmt::skip]
const STOCK: &[(&str, &[(&str, i64)])] = &[
    ("cn-wlcb-01", &[
        ("4090", 64), ("4090_48G", 16), ("5090", 16), ("A100", 8), ("A800", 16), ("H20", 8),
        ("3090", 32), ("3080Ti", 16), ("2080Ti", 16), ("2080", 8), ("P40", 0), ("V100S", 8),
    ]),
    ("cn-sh2-01", &[("4090", 16), ("5090", 8), ("H20", 4)]),
    ("cn-sh2-02", &[("4090", 32), ("A800", 8), ("3090", 16)]),
    ("cn-bj2-03", &[("4090", 16), ("4090_48G", 8)]),
];

/// Cards of a model in a zone of a new gateway; `None` if it is not sold there.
pub(crate) fn stock(zone: &str, gpu_type: &str) -> Option<i64> {
    let (_, rows) = STOCK.iter().find(|(id, _)| *id == zone)?;
    rows.iter().find(|(name, _)| *name == gpu_type).map(|(_, cards)| *cards)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_stay_within_bounds() {
        for model in MODELS {
            for gpus in 1..=model.max_gpus {
                for size in model.sizes(gpus) {
                    assert!((1..=model.max_cpu).contains(&size.cpu), "{} {gpus}", model.name);
                    assert!(size.memory_gb.iter().all(|gb| (1..=model.max_memory_gb).contains(gb)));
                }
            }
            assert!(model.sizes(model.max_gpus + 1).is_empty() && model.sizes(0).is_empty());
            assert!(model.intel || model.amd);
        }
        assert_eq!(Model::find("4090").map(|model| model.has_size(1, 16, 64)), Some(true));
        assert_eq!(Model::find("4090").map(|model| model.has_size(1, 16, 63)), Some(false));
    }

    #[test]
    fn a_platform_may_be_unavailable() {
        let platform = |name, wish| Model::find(name).and_then(|model| model.platform(wish));
        assert_eq!(platform("4090", "Auto"), Some("Amd/Epyc3"));
        assert_eq!(platform("A100", "Auto"), Some("Intel/IceLake"));
        assert_eq!(platform("A100", "Amd/Auto"), None);
        assert_eq!(platform("3090", "Intel/Auto"), None);
    }

    #[test]
    fn stock_depends_on_the_zone() {
        assert_eq!(stock("cn-wlcb-01", "4090"), Some(64));
        assert_eq!(stock("cn-wlcb-01", "P40"), Some(0));
        assert_eq!(stock("cn-bj2-03", "A800"), None);
    }
}
