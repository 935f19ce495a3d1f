using System.Diagnostics.CodeAnalysis;
using Sallyport.Hosting.Configuration;
using Sallyport.Identity.Revocation;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads <c>/connections/*/tls</c>: caFile, certificateFile, keyFile, role, revocation, foreignCertificate.</summary>
internal static class TlsSection
{
    private const int MaxPathLength = 300;
    private const int MaxRoleLength = 64;

    /// <summary>The section of one connection.</summary>
    /// <param name="entry">Where it would stand.</param>
    /// <param name="endpoint">The endpoint of the connection; null if that was refused.</param>
    /// <param name="plan">The certificates; null without TLS.</param>
    public static bool TryRead(DesiredReader entry, ModbusEndpoint? endpoint, out TlsPlan? plan)
    {
        plan = null;
        if (endpoint is null or ModbusEndpoint.Tls)
        {
            return endpoint is null || TryRead(entry, out plan);
        }

        if (entry.Exists)
        {
            entry.Refuse("Certificates are for modbus-tls endpoints only; nothing else is encrypted.");
        }

        return !entry.Exists;
    }

    private static bool TryRead(DesiredReader entry, [NotNullWhen(true)] out TlsPlan? plan)
    {
        plan = null;
        if (!entry.IsObjectOf("caFile", "certificateFile", "keyFile", "role", "revocation", "foreignCertificate"))
        {
            return false;
        }

        string? role = null;
        RevocationPolicy? revocation = RevocationPolicyReader.Read(entry["revocation"]);
        bool isGood = TryPath(entry["caFile"], out string? caFile)
            & TryPath(entry["certificateFile"], out string? certificateFile)
            & TryPath(entry["keyFile"], out string? keyFile)
            & (!entry["role"].Exists || entry["role"].TryText(MaxRoleLength, out role))
            & entry["foreignCertificate"].TryFlag(absent: false, out bool isForeign);
        plan = isGood && revocation is not null
            ? new TlsPlan(caFile!, certificateFile!, keyFile!, role) { Revocation = revocation, IsForeign = isForeign }
            : null;
        return plan is not null;
    }

    private static bool TryPath(DesiredReader entry, [NotNullWhen(true)] out string? path)
    {
        bool isGood = entry.TryText(MaxPathLength, out path);
        if (isGood && path![0] != '/')
        {
            entry.Refuse("Write the whole path of the file inside the container, beginning with /.");
            isGood = false;
        }

        return isGood;
    }
}
