using Sallyport.Manifest;

namespace Sallyport.Simulator.Tests.Manifest;

/// <summary>A small manifest with places that a test may fill.</summary>
internal static class Template
{
    public const string Module = """ "type":"docker","status":"running","settings":{"image":"${MODULES.Reader}"} """;

    public const string EdgeAgent = """ "schemaVersion":"1.1" """;

    public const string EdgeHub = """ "schemaVersion":"1.2","routes":{},"storeAndForwardConfiguration":{"timeToLiveSecs":7200} """;

    /// <summary>A manifest with one module.</summary>
    /// <param name="module">Members of the module.</param>
    /// <param name="agent">Members of edgeAgent's desired properties beside the modules.</param>
    /// <param name="modules">More modules, each followed by a comma.</param>
    /// <param name="sections">More sections, as one JSON member.</param>
    public static string With(string module = Module, string agent = EdgeAgent, string modules = "", string sections = "") =>
        "{\"$schema-template\":\"4.0.0\",\"modulesContent\":{"
        + $"\"$edgeAgent\":{{\"properties.desired\":{{{agent},\"modules\":{{{modules}\"Reader\":{{{module}}}}}}}}},"
        + $"\"$edgeHub\":{{\"properties.desired\":{{{EdgeHub}}}}}{(sections.Length > 0 ? "," : "")}{sections}}}}}";

    public static DeploymentManifest Parse(string json) => DeploymentManifest.Parse(json, name => name is "KNOWN" ? "known value" : null);

    public static ManifestException Refused(string json) => Assert.Throws<ManifestException>(() => Parse(json));
}
