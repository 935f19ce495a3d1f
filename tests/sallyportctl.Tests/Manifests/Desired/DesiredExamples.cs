using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.CertificateManager.Configuration;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Ctl.Tests.Manifests.Desired;

/// <summary>Desired properties with every key that a module knows, and what the module itself says of a document.</summary>
internal static class DesiredExamples
{
    private static readonly Dictionary<string, (Func<JsonElement, bool> Accepts, string[] Documents)> Modules = new(StringComparer.Ordinal)
    {
        ["SecureBuffer"] = (Takes(new BufferPlanReader()),
        [
            """
            {"sizeBytes":2097152,"alertsSizeBytes":262144,"pageBytes":16384,"maxLatencyMs":10000,"uplink":"edgeHub","deliveryProof":"puback","window":8,"commitIntervalMs":0,"writeThrough":true}
            """,
            """
            {"uplink":"direct","direct":{"idScope":"0ne1","provisioningHost":"dps.example:8883","registrationId":"gw-1","certificateFile":"/c.pem","keyFile":"/k.pem",
             "previousCertificateFile":"/p.pem","previousKeyFile":"/q.pem","rootsFile":"/r.pem"}}
            """,
            """
            {"uplink":"direct","direct":{"idScope":"0ne1","registrationId":"gw.1:a_b-","identityFolder":"/identity","rootsFile":"/r.pem"}}
            """,
        ]),
        ["ModbusReader"] = (Takes(new DevicePlanReader()),
        [
            """
            {"connections":{
              "plant":{"endpoint":"modbus-tcp://10.0.0.5:502","timeoutMs":1000,"connectTimeoutMs":3000,"depth":2,"connectPauseMs":1,"idleCloseMs":2,"reconnectPauseMs":3,
                "closeOnTimeout":true,"acceptUnit0Or255":true},
              "bus":{"endpoint":"modbus-rtu:///dev/ttyUSB0?baud=9600&parity=none&stopBits=2","drainMs":2000,"requestPauseMs":5},
              "odd":{"endpoint":"modbus-rtu-tcp://box:4001","depth":1},
              "old":{"endpoint":"modbus-tcp://10.0.0.6","ignoreTransactionId":true},
              "tls":{"endpoint":"modbus-tls://10.0.0.7","tls":{"caFile":"/a.pem","certificateFile":"/c.pem","keyFile":"/k.pem","role":"Operator","revocation":"grace:24","foreignCertificate":true}}},
             "units":{
              "chiller":{"connection":"plant","unitId":255,"wordOrder":"CDAB","wordOrder64":"HGFEDCBA","identify":true,
                "limits":{"maxCoils":100,"maxDiscreteInputs":100,"maxHoldingRegisters":50,"maxInputRegisters":50,"maxGap":0,"coalesce":false,"align":1,"bitsFromZero":false,
                  "holes":[{"table":"holdingRegister","from":900,"to":910}]}},
              "meter":{"connection":"bus","unitId":1}},
             "groups":{"fast":{"intervalMs":250,"report":"poll"},"slow":{"intervalMs":1000,"report":"change","deadband":"2%","heartbeatMs":86400000,"keyFrameMs":60000,"minReportMs":1000}},
             "points":{
              "chiller":{
                "a":{"group":"slow","table":"holdingRegister","address":0,"type":"float32","wordOrder":"CDAB","scale":0.1,"offset":-40,"clamp":{"min":0,"max":100},"unit":"°C","deadband":0.5},
                "b":{"group":"slow","table":"inputRegister","address":4,"type":"int16","scaleFrom":"c","nullValues":[-32768]},
                "c":{"group":"slow","table":"inputRegister","address":5,"type":"int16","atomic":"pair"},
                "d":{"group":"fast","table":"holdingRegister","address":40,"type":"bool","bit":3,"enum":{"0":"none","1":"alarm"}},
                "e":{"group":"fast","table":"holdingRegister","address":200,"type":"string","registers":8,"packing":"lowFirst","encoding":"latin1"}},
              "meter":{"on":{"group":"fast","table":"coil","address":1,"type":"bool"}}}}
            """,
        ]),
        ["EtherNetIpReader"] = (Takes(new EtherNetIpPlanReader()),
        [
            """
            {"controllers":{
              "line-1":{"host":"10.0.0.20","port":44818,"path":"1,0","family":"logix","keying":"exact","vendor":1,"deviceType":14,"productCode":94,"revision":"33.11","serial":"60A1B2C3",
                "timeoutMs":2000,"connectTimeoutMs":5000,"connections":2,"connectionSize":504,"instanceNumbers":true,"requestPauseMs":1},
              "pump":{"host":"pump.plant.example","family":"auto","keying":"ignore","unconnected":true}},
             "groups":{"fast":{"intervalMs":250},"slow":{"intervalMs":1000,"report":"change","deadband":0.5,"heartbeatMs":2000,"keyFrameMs":60000,"minReportMs":1000}},
             "tags":{"line-1":{
                "speed":{"group":"slow","tag":"Line1.Speed","type":"REAL","scale":0.1,"offset":1,"clamp":{"min":-1.5,"max":100},"unit":"m/s","deadband":"1%","nullValues":[-1]},
                "power":{"group":"slow","tag":"Power","type":"INT","scaleFrom":"exponent"},
                "exponent":{"group":"slow","tag":"Exponent","type":"SINT"},
                "zone":{"group":"fast","tag":"Zones[0]","elements":8},
                "recipe":{"group":"fast","tag":"Program:Main.Recipe","type":"STRING","encoding":"utf8"}},
              "pump":{"running":{"group":"fast","tag":"Running","enum":{"0":"stopped","-1":"running"}}}}}
            """,
        ]),
        ["CertificateManager"] = (Takes(new CertificatePlanReader()),
        [
            """
            {"est":{"url":"https://est.plant.example/.well-known/est/device","revocation":"none-published"},"deviceId":"gw-1.plant","roots":"/r.pem",
             "bootstrap":{"certificateFile":"/c.pem","keyFile":"/k.pem"},"overlapDays":7,"dps":{"idScope":"0ne1","host":"dps.example","roots":"/d.pem"},
             "watch":{"opc":{"kind":"opc-ua","path":"/certs"}},"edgeHub":false,
             "opcUaStores":{"publisher":{"path":"/pki","trusts":["server"]},"server":{"path":"/pki2"}}}
            """,
            """{"roots":"/r.pem"}""",
        ]),
        ["Watchdog"] = (Takes(new WatchdogPlanReader()),
        [
            """
            {"delivery":{"modules":{"SecureBuffer":{"address":"http://SecureBuffer:9600","memoryLimitBytes":104857600}},"edgeHub":"http://edgeHub:9600","edgeAgent":"none","intervalMs":5000,
               "stalledAfterMs":120000,"offlineAfterMs":60000,"missingAfterMs":30000,"unwellAfterMs":60000,"startingAfterMs":300000,"silentAfterMs":300000,"deviceOfflineAfterMs":60000,
               "clearAfterMs":30000,"memoryLimitBytes":104857600,"flapping":{"count":3,"withinMs":600000},"refusals":{"count":5},"overruns":{"withinMs":300000},"fullPercent":80,
               "watchedFiles":{"firewall":"/host/nftables.conf"}},
             "annunciator":{"ledFolder":"/sys/class/leds","outputs":{"tower":{"shows":"alarm","gpio":{"chip":0,"line":17,"activeLow":true}},"alive":{"shows":"heartbeat","led":"ACT"}}},
             "statusPage":{"enabled":true,"address":"*","port":8880,"hostNames":["gateway.plant.example"]},
             "posture":{"report":"/r.json","maxAgeHours":26,"allowedPorts":["tcp/22","udp/123"],"fieldInterfaces":["eth1"],"maxTokenMinutes":60,"maxHostKeyDays":1095,"minFreePercent":10,
               "maxWearPercent":80,"notApplicable":{"swap":"There is none."}}}
            """,
        ]),
    };

    public static IEnumerable<string> Names => Modules.Keys;

    public static IEnumerable<JsonObject> Documents(string module) => Modules[module].Documents.Select(text => JsonNode.Parse(text)!.AsObject());

    /// <summary>Whether the module itself would put the document in force.</summary>
    public static bool Accepts(string module, JsonNode document) => Modules[module].Accepts(JsonElement.Parse(document.ToJsonString()));

    private static Func<JsonElement, bool> Takes<TPlan>(IPlanReader<TPlan> reader)
        where TPlan : class => desired => reader.Read(desired) is PlanReading<TPlan>.Accepted;
}
