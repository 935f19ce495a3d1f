namespace Sallyport.Simulator.Modules;

/// <summary>How a module gets at its identity.</summary>
internal abstract record ModuleAccess
{
    private ModuleAccess()
    {
    }

    /// <summary>As on an edge device: the key stays behind the workload API.</summary>
    /// <param name="SocketPath">Unix socket of this module.</param>
    internal sealed record WorkloadSocket(string SocketPath) : ModuleAccess;

    /// <summary>As iotedgehubdev does it: the key stands in a connection string.</summary>
    /// <param name="SharedAccessKey">Base64.</param>
    /// <param name="TrustBundleFile">PEM file of the roots to trust.</param>
    internal sealed record ConnectionString(string SharedAccessKey, string TrustBundleFile) : ModuleAccess
    {
        /// <summary>Keeps the key out of logs.</summary>
        public override string ToString() => "connection string";
    }
}
