using Sallyport.Telemetry;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests;

/// <summary>Pictures of gateways on paper.</summary>
internal static class Pictures
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 10, 15, 0, TimeSpan.Zero);

    /// <summary>Everything does its work.</summary>
    public static GatewayStatus Well { get; } = new(
        Now - TimeSpan.FromSeconds(4),
        new DeliveryStatus(DeliveryState.Delivering, Now - TimeSpan.FromDays(3), "", Now - TimeSpan.FromSeconds(6)),
        new BufferStatus(0.124, 1834, TimeToFull: null, IsNearlyFull: false, 0),
        [
            new ModuleStatus("edgeAgent", ModuleCondition.Well, Now - TimeSpan.FromDays(12), "", 1, 96 << 20),
            new ModuleStatus("edgeHub", ModuleCondition.Well, Now - TimeSpan.FromDays(12), "", 1, 210 << 20),
            new ModuleStatus("SecureBuffer", ModuleCondition.Well, Now - TimeSpan.FromDays(12), "", 1, 41 << 20),
            new ModuleStatus("ModbusReader", ModuleCondition.Well, Now - TimeSpan.FromHours(30), "", 2, 33 << 20),
            new ModuleStatus("EtherNetIpReader", ModuleCondition.Well, Now - TimeSpan.FromDays(12), "", 1, 35 << 20),
        ],
        [
            new FieldDeviceStatus("boiler-2", "ModbusReader", DeviceState.Online, Now - TimeSpan.FromDays(3), ""),
            new FieldDeviceStatus("chiller-1", "ModbusReader", DeviceState.Online, Now - TimeSpan.FromHours(5), ""),
            new FieldDeviceStatus("line-4", "EtherNetIpReader", DeviceState.Online, Now - TimeSpan.FromDays(12), ""),
        ],
        [
            new CredentialStatus("sas", "SecureBuffer", Now + TimeSpan.FromMinutes(47)),
            new CredentialStatus("device", "gateway-7", Now + TimeSpan.FromDays(58)),
            new CredentialStatus("server", "edgeHub", Now + TimeSpan.FromDays(81)),
            new CredentialStatus("root", "Example Plant Root", Now + TimeSpan.FromDays(3102)),
        ],
        [],
        [
            new RecentEvent(Now - TimeSpan.FromMinutes(12), "ModbusReader", EventSeverity.Informational, "Desired properties version 7 are in force."),
            new RecentEvent(Now - TimeSpan.FromHours(9), "CertificateManager", EventSeverity.Informational, "The gateway's certificate was renewed."),
        ],
        new PostureSummary(Now - TimeSpan.FromHours(2), 21, 0, 0, 3));

    /// <summary>The gateway lies: everything is connected, and nothing arrives. A controller is out of reach too.</summary>
    public static GatewayStatus Trouble { get; } = Well with
    {
        Delivery = new DeliveryStatus(
            DeliveryState.Stalled, Now - TimeSpan.FromMinutes(11), "connected, 48210 records wait, and none was delivered for 11 min", Now - TimeSpan.FromMinutes(11)),
        Buffer = new BufferStatus(0.837, 48_210, TimeSpan.FromHours(31), IsNearlyFull: true, 12),
        Modules =
        [
            Well.Modules[0],
            new ModuleStatus("edgeHub", ModuleCondition.Unwell, Now - TimeSpan.FromMinutes(9), "its queue grows and it sends nothing upstream", 1, 610 << 20),
            Well.Modules[2],
            Well.Modules[3],
            new ModuleStatus("EtherNetIpReader", ModuleCondition.Missing, Now - TimeSpan.FromMinutes(3), "it does not answer", 5, MemoryBytes: null),
        ],
        Devices =
        [
            Well.Devices[0],
            new FieldDeviceStatus("chiller-1", "ModbusReader", DeviceState.Offline, Now - TimeSpan.FromMinutes(40), "no answer in time"),
            new FieldDeviceStatus("line-4", "EtherNetIpReader", DeviceState.Degraded, Now - TimeSpan.FromMinutes(3), "2 of 40 tags are refused"),
        ],
        Credentials =
        [
            new CredentialStatus("crl", "Example Plant Issuing", Now - TimeSpan.FromHours(5)),
            new CredentialStatus("device", "gateway-7", Now + TimeSpan.FromDays(5)),
            .. Well.Credentials[2..],
        ],
        Alarms =
        [
            new Alarm(
                "delivery/stalled", EventSeverity.Critical, "Data is not delivered although everything is connected.",
                "A reconnect did not help. Restart edgeHub: \"iotedge restart edgeHub\" on the gateway.", Now - TimeSpan.FromMinutes(9)),
            new Alarm(
                "device/chiller-1/offline", EventSeverity.High, "The device chiller-1 does not answer.",
                "Look whether it has power and whether its cable is plugged in.", Now - TimeSpan.FromMinutes(40), Now - TimeSpan.FromMinutes(22)),
            new Alarm(
                "credential/device/gateway-7", EventSeverity.Medium, "The certificate gateway-7 ends in 5 days.",
                "See why it is not renewed: the log of CertificateManager.", Now - TimeSpan.FromHours(20)),
        ],
        Events =
        [
            new RecentEvent(Now - TimeSpan.FromMinutes(9), "Watchdog", EventSeverity.Critical, "Data is not delivered although everything is connected."),
            new RecentEvent(Now - TimeSpan.FromMinutes(40), "ModbusReader", EventSeverity.High, "The device chiller-1 went offline."),
            .. Well.Events,
        ],
        Posture = new PostureSummary(Now - TimeSpan.FromHours(2), 15, 4, 2, 3),
    };

    /// <summary>A picture with alarms of these severities, none of them acknowledged.</summary>
    public static GatewayStatus With(params EventSeverity[] severities) => Well with { Alarms = [.. severities.Select(severity => NewAlarm(severity))] };

    public static Alarm NewAlarm(EventSeverity severity, bool isAcknowledged = false) => new(
        $"test/{severity}", severity, "Something is wrong.", "Do something.", Now - TimeSpan.FromMinutes(1), isAcknowledged ? Now : null);
}
