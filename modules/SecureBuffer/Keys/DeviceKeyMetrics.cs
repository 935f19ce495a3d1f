using System.Diagnostics.Metrics;
using Sallyport.Identity.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>Where the gateway's own keys are, and whether they answer. Without such keys there are no such metrics.</summary>
internal sealed class DeviceKeyMetrics
{
    private readonly GatewayKeys _keys;

    public DeviceKeyMetrics(IMeterFactory meters, GatewayKeys keys)
    {
        _keys = keys;
        Meter meter = meters.Create("Sallyport.SecureBuffer");
        meter.CreateObservableGauge("sallyport.buffer.device_key", ReadPlaces, "{keys}", "1 for the provider that has a key of the gateway, with its protection.");
        meter.CreateObservableGauge(
            "sallyport.buffer.device_key_step_down", ReadStepDowns, "{keys}", "1 for a key that is not in the preferred provider: an alert is due.");
        meter.CreateObservableCounter(
            "sallyport.buffer.device_key_failures", ReadFailures, "{failures}", "Times that a key of the gateway could not be opened or used.");
        meter.CreateObservableCounter(
            "sallyport.buffer.device_key_reopenings", ReadReopenings, "{openings}", "Times that keys were opened again after the TPM or token had been reset; at 10 restart the module.");
    }

    private IEnumerable<Measurement<int>> ReadPlaces() => Opened().Select(key => new Measurement<int>(
        1, Tag(key), new("provider", key.Pin!.Provider), new("protection", WordFor(key.Protection!.Value))));

    private IEnumerable<Measurement<int>> ReadStepDowns() => Opened().Select(key => new Measurement<int>(key.IsSteppedDown ? 1 : 0, Tag(key)));

    private IEnumerable<Measurement<long>> ReadFailures() => _keys.Keys.Select(key => new Measurement<long>(key.Failures, Tag(key)));

    private IEnumerable<Measurement<long>> ReadReopenings() =>
        _keys.Reopenings.Select(one => new Measurement<long>(one.Times, new KeyValuePair<string, object?>("provider", one.Provider)));

    private IEnumerable<PinnedKey> Opened() => _keys.Keys.Where(key => key is { Pin: not null, Protection: not null });

    private static KeyValuePair<string, object?> Tag(PinnedKey key) => new("key", DeviceKeySlots.NameOf(key.Slot));

    private static string WordFor(KeyProtection protection) => protection switch
    {
        KeyProtection.Hardware => "hardware",
        KeyProtection.Token => "token",
        KeyProtection.Wrapped => "wrapped",
        _ => "file",
    };
}
