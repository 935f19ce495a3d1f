using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Tests.Manifests;

/// <summary>For each rule a change of a good document that breaks it.</summary>
internal static class Spoiling
{
    private const string Anything = "sha256:4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865";

    /// <summary>Rules that need a built manifest; the others are broken in the template.</summary>
    private static readonly string[] OfBuilt = ["placeholders", "image-digest", "registry-password"];

    private static readonly Dictionary<string, (string Pointer, Action<JsonObject> Spoil)> Ways = new(StringComparer.Ordinal)
    {
        ["readable"] = ("/modulesContent/$edgeAgent/properties.desired/modules/Watchdog/type", content => Module(content, "Watchdog")["type"] = "process"),
        ["schema-version"] = ("/modulesContent/$edgeHub/properties.desired/schemaVersion", content => Hub(content)["schemaVersion"] = "1.0"),
        ["twin-size"] = ("/modulesContent/CertificateManager/properties.desired", content => Desired(content, "CertificateManager")["watch"] = Large()),
        ["string-size"] = ("/modulesContent/Watchdog/properties.desired/posture/report", content => Desired(content, "Watchdog")["posture"] = new JsonObject { ["report"] = "/" + new string('x', 4096) }),
        ["create-options-size"] = ("/modulesContent/$edgeAgent/properties.desired/modules/Watchdog/settings/createOptions", content => Options(content, "Watchdog")["Labels"] = Large()),
        ["placeholders"] = ("/modulesContent/EtherNetIpReader/properties.desired/controllers/line-1/host", content => Desired(content, "EtherNetIpReader")["controllers"]!["line-1"]!["host"] = "${LOGIX_HOST}"),
        ["image-reference"] = ("/modulesContent/$edgeAgent/properties.desired/modules/MetricsCollector/settings/image", content => Settings(content, "MetricsCollector")["image"] = $"mcr.microsoft.com/azureiotedge-metrics-collector:2.0@{Anything}"),
        ["image-digest"] = ("/modulesContent/$edgeAgent/properties.desired/modules/Watchdog/settings/image", content => Settings(content, "Watchdog")["image"] = "registry.plant.example/sallyport/watchdog:0.1.0"),
        ["runtime-version"] = ("/modulesContent/$edgeAgent/properties.desired/systemModules/edgeHub/settings/image", content => System(content, "edgeHub")["settings"]!["image"] = "mcr.microsoft.com/azureiotedge-hub:1.6.1"),
        ["debug-image"] = ("/modulesContent/$edgeAgent/properties.desired/modules/Watchdog/settings/image", content => Settings(content, "Watchdog")["image"] = "${MODULES.Watchdog.debug}"),
        ["upstream-protocol"] = ("/modulesContent/$edgeAgent/properties.desired/systemModules/edgeAgent/env/UpstreamProtocol", content => System(content, "edgeAgent")["env"]!.AsObject().Remove("UpstreamProtocol")),
        ["protocol-heads"] = ("/modulesContent/$edgeAgent/properties.desired/systemModules/edgeHub/env/AmqpSettings__Enabled", content => Set(System(content, "edgeHub"), "AmqpSettings__Enabled", "true")),
        ["hub-metrics"] = ("/modulesContent/$edgeAgent/properties.desired/systemModules/edgeHub/env/HttpSettings__Enabled", content => Set(System(content, "edgeHub"), "HttpSettings__Enabled", "false")),
        ["edge-hub-storage"] = ("/modulesContent/$edgeAgent/properties.desired/systemModules/edgeHub/settings/createOptions/HostConfig/Mounts", content => System(content, "edgeHub")["settings"]!["createOptions"]!["HostConfig"]!.AsObject().Remove("Mounts")),
        ["data-folder"] = ("/modulesContent/$edgeAgent/properties.desired/modules/ModbusReader/settings/createOptions/HostConfig/Mounts", content => Set(Module(content, "ModbusReader"), "Sallyport__DataFolder", "/data")),
        ["startup-order"] = ("/modulesContent/$edgeAgent/properties.desired/modules/SecureBuffer/startupOrder", content => Module(content, "SecureBuffer")["startupOrder"] = 0),
        ["restart-policy"] = ("/modulesContent/$edgeAgent/properties.desired/modules/Watchdog/restartPolicy", content => Module(content, "Watchdog")["restartPolicy"] = "never"),
        ["read-only-root"] = (Host("Watchdog", "ReadonlyRootfs"), content => HostConfig(content, "Watchdog").Remove("ReadonlyRootfs")),
        ["capabilities"] = (Host("Watchdog", "CapDrop"), content => HostConfig(content, "Watchdog")["CapAdd"] = new JsonArray("NET_RAW")),
        ["user"] = ("/modulesContent/$edgeAgent/properties.desired/modules/Watchdog/settings/createOptions/User", content => Options(content, "Watchdog")["User"] = "root"),
        ["tmpfs"] = (Host("Watchdog", "Tmpfs"), content => HostConfig(content, "Watchdog")["Tmpfs"]!["/tmp"] = "rw,nosuid,nodev,size=16m"),
        ["no-new-privileges"] = (Host("Watchdog", "SecurityOpt"), content => HostConfig(content, "Watchdog")["SecurityOpt"] = new JsonArray()),
        ["process-limit"] = (Host("Watchdog", "PidsLimit"), content => HostConfig(content, "Watchdog")["PidsLimit"] = -1),
        ["memory-limit"] = (Host("Watchdog", "Memory"), content => HostConfig(content, "Watchdog").Remove("Memory")),
        ["log-limit"] = (Host("Watchdog", "LogConfig"), content => HostConfig(content, "Watchdog")["LogConfig"]!["Config"]!.AsObject().Remove("max-file")),
        ["privileged"] = (Host("Watchdog", "Privileged"), content => HostConfig(content, "Watchdog")["Privileged"] = true),
        ["engine-socket"] = (Host("Watchdog", ""), content => HostConfig(content, "Watchdog")["Binds"]!.AsArray().Add("/var/run/docker.sock:/var/run/docker.sock")),
        ["host-folders"] = (Host("Watchdog", ""), content => HostConfig(content, "Watchdog")["Binds"]!.AsArray().Add("/etc/:/host/etc:ro")),
        ["host-namespaces"] = (Host("Watchdog", "NetworkMode"), content => HostConfig(content, "Watchdog")["NetworkMode"] = "host"),
        ["published-ports"] = (Host("Watchdog", "PortBindings/8880~1tcp/0/HostIp"), content => HostConfig(content, "Watchdog")["PortBindings"]!["8880/tcp"]![0]!.AsObject().Remove("HostIp")),
        ["published-address"] = (Host("Watchdog", "PortBindings/8880~1tcp/0/HostIp"), content => HostConfig(content, "Watchdog")["PortBindings"]!["8880/tcp"]![0]!["HostIp"] = "10.0.8.1"),
        ["route-syntax"] = ("/modulesContent/$edgeHub/properties.desired/routes/bufferToCloud", content => Route(content, "bufferToCloud")["route"] = "FROM /messages INTO upstream"),
        ["route-ends"] = ("/modulesContent/$edgeHub/properties.desired/routes/readersToBuffer", content => Route(content, "readersToBuffer")["route"] = "FROM /messages/modules/ModbusReader/outputs/* INTO BrokeredEndpoint(\"/modules/SecureBuffer/inputs/frames\")"),
        ["output-lost"] = ("/modulesContent/$edgeHub/properties.desired/routes", content => Route(content, "readersToBuffer")["route"] = "FROM /messages/modules/ModbusReader/outputs/telemetry INTO BrokeredEndpoint(\"/modules/SecureBuffer/inputs/telemetry\")"),
        ["route-conditions"] = ("/modulesContent/$edgeHub/properties.desired/routes/readersToBuffer", content => Route(content, "readersToBuffer")["route"] = "FROM /messages/modules/ModbusReader/outputs/* WHERE quality = 'Good' INTO BrokeredEndpoint(\"/modules/SecureBuffer/inputs/telemetry\")"),
        ["route-priority"] = ("/modulesContent/$edgeHub/properties.desired/routes/bufferToCloud/timeToLiveSecs", content => Route(content, "bufferToCloud").Remove("timeToLiveSecs")),
        ["upstream-priority"] = ("/modulesContent/$edgeHub/properties.desired/routes/metricsToCloud/priority", content => Route(content, "metricsToCloud")["priority"] = 1),
        ["secrets"] = ("/modulesContent/$edgeAgent/properties.desired/modules/Watchdog/env/MQTT_PASSWORD", content => Set(Module(content, "Watchdog"), "MQTT_PASSWORD", "${MQTT_PASSWORD}")),
        ["registry-credentials"] = ("/modulesContent/$edgeAgent/properties.desired/runtime/settings/registryCredentials/sallyport/password", content => Registry(content)["password"] = "hunter2"),
        ["registry-password"] = ("/modulesContent/$edgeAgent/properties.desired/runtime/settings/registryCredentials/sallyport/password", content => Agent(content)["runtime"]!["settings"]!["registryCredentials"] = new JsonObject { ["sallyport"] = new JsonObject { ["address"] = "registry.plant.example", ["username"] = "puller", ["password"] = "hunter2" } }),
        ["metrics-collector"] = ("/modulesContent/$edgeAgent/properties.desired/modules/MetricsCollector/env/UploadTarget", content => Set(Module(content, "MetricsCollector"), "UploadTarget", "AzureMonitor")),
        ["metrics-endpoints"] = ("/modulesContent/$edgeAgent/properties.desired/modules/MetricsCollector/env/MetricsEndpointsCSV", content => Set(Module(content, "MetricsCollector"), "MetricsEndpointsCSV", "http://edgeHub:9600/metrics")),
        ["desired-properties"] = ("/modulesContent/SecureBuffer/properties.desired/window", content => Desired(content, "SecureBuffer")["window"] = 9),
        ["desired-missing"] = ("/modulesContent/CertificateManager", content => content["modulesContent"]!.AsObject().Remove("CertificateManager")),
        ["watched-modules"] = ("/modulesContent/Watchdog/properties.desired/delivery/modules", content => Desired(content, "Watchdog")["delivery"]!["modules"]!.AsObject().Remove("ModbusReader")),
    };

    public static IEnumerable<string> Rules => Ways.Keys;

    public static bool NeedsBuilt(string rule) => OfBuilt.Contains(rule, StringComparer.Ordinal);

    /// <summary>Breaks a rule.</summary>
    /// <returns>Where it is broken.</returns>
    public static string Spoil(JsonObject document, string rule)
    {
        (string pointer, Action<JsonObject> spoil) = Ways[rule];
        spoil(document);
        return pointer;
    }

    private static JsonObject Agent(JsonObject content) => content["modulesContent"]!["$edgeAgent"]!["properties.desired"]!.AsObject();

    private static JsonObject Hub(JsonObject content) => content["modulesContent"]!["$edgeHub"]!["properties.desired"]!.AsObject();

    private static JsonObject Registry(JsonObject content) => Agent(content)["runtime"]!["settings"]!["registryCredentials"]!["sallyport"]!.AsObject();

    private static JsonObject System(JsonObject content, string name) => Agent(content)["systemModules"]![name]!.AsObject();

    private static JsonObject Module(JsonObject content, string name) => Agent(content)["modules"]![name]!.AsObject();

    private static JsonObject Settings(JsonObject content, string name) => Module(content, name)["settings"]!.AsObject();

    private static JsonObject Options(JsonObject content, string name) => Settings(content, name)["createOptions"]!.AsObject();

    private static JsonObject HostConfig(JsonObject content, string name) => Options(content, name)["HostConfig"]!.AsObject();

    private static JsonObject Route(JsonObject content, string name) => Hub(content)["routes"]![name]!.AsObject();

    private static JsonObject Desired(JsonObject content, string name) => content["modulesContent"]![name]!["properties.desired"]!.AsObject();

    private static string Host(string module, string member) => $"/modulesContent/$edgeAgent/properties.desired/modules/{module}/settings/createOptions/HostConfig{(member.Length > 0 ? "/" : "")}{member}";

    private static void Set(JsonObject module, string name, string value) => module["env"]![name] = new JsonObject { ["value"] = value };

    private static JsonObject Large() => new(Enumerable.Range(0, 20).Select(number => KeyValuePair.Create<string, JsonNode?>($"label{number}", new string('x', 2000))));
}
