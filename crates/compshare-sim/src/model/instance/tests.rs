//! How the state of an instance changes as time passes.

use super::*;

fn states(instance: &mut Instance, times: &[i64]) -> Vec<&'static str> {
    times
        .iter()
        .map(|time| {
            instance.settle(*time);
            instance.state.as_str()
        })
        .collect()
}

#[test]
fn a_creation_passes_through_its_states() {
    let mut instance = Instance::new("uhost-1", "one", 1);
    instance.create(100, false);
    let seen = states(&mut instance, &[100, 109, 110, 129, 130]);
    assert_eq!(seen, ["Initializing", "Initializing", "Starting", "Starting", "Running"]);
    assert_eq!((instance.start_time, instance.is_busy()), (130, false));
    instance.create(100, true);
    assert_eq!(states(&mut instance, &[1000]), ["Install Fail"]);
    assert_eq!(instance.update_time, 130);
}

#[test]
fn a_planned_stop_happens_at_its_time() {
    let mut instance = Instance::new("uhost-1", "one", 1);
    instance.scheduled_stop = 500;
    assert_eq!(states(&mut instance, &[499, 500, 510]), ["Running", "Stopping", "Stopped"]);
    assert_eq!((instance.stop_time, instance.scheduled_stop), (510, 0));
    instance.scheduled_stop = 600;
    assert_eq!(states(&mut instance, &[1000]), ["Stopped"]);
    assert_eq!((instance.stop_time, instance.scheduled_stop), (510, 0));
}

#[test]
fn an_instance_stops_when_its_time_is_over() {
    let mut instance = Instance::new("uhost-1", "one", 1);
    instance.expire_time = 700;
    assert_eq!(states(&mut instance, &[699, 10_000]), ["Running", "Stopped"]);
    assert_eq!(instance.stop_time, 710);
    assert!(instance.is_expired(700) && !instance.is_expired(699));
}

#[test]
fn changes_end_where_they_should() {
    let mut instance = Instance::new("uhost-1", "one", 1);
    instance.reboot(0);
    assert_eq!(states(&mut instance, &[19, 20]), ["Rebooting", "Running"]);
    instance.stop(20);
    assert_eq!(states(&mut instance, &[29, 30]), ["Stopping", "Stopped"]);
    instance.resize(40);
    assert_eq!(states(&mut instance, &[59, 60]), ["Resizing", "Stopped"]);
    assert_eq!(instance.stop_time, 30);
    instance.reinstall(100, false);
    assert_eq!(states(&mut instance, &[129, 130]), ["Reinstalling", "Running"]);
    instance.start(200);
    assert_eq!(states(&mut instance, &[0, 229, 230]), ["Starting", "Starting", "Running"]);
}
