//! The catalogue: GPU models, the sizes that they come in, and where they are sold.

use std::{collections::BTreeMap, sync::LazyLock};

use super::row::{row, rows};

row! {
    /// A GPU model.
    #[derive(Debug)]
    pub(crate) struct Model {
        /// Name, as in `GpuType`.
        pub(crate) name: String,
        /// Name for people.
        pub(crate) description: String,
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
        /// Cards that a new gateway has, by zone; none where it is not sold.
        pub(crate) stock: BTreeMap<String, i64>,
        /// Speed of a card in TFlops.
        pub(crate) tflops: f64,
    }
}

/// Every model, in the order in which the documentation lists them.
pub(crate) static MODELS: LazyLock<Vec<Model>> =
    LazyLock::new(|| rows(include_str!("catalog.json")));

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

/// Cards of a model in a zone of a new gateway; `None` if it is not sold there.
pub(crate) fn stock(zone: &str, gpu_type: &str) -> Option<i64> {
    Model::find(gpu_type)?.stock.get(zone).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_stay_within_bounds() {
        for model in MODELS.iter() {
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
