using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Workload;

/// <summary>Answers the requests that come through the socket of one module.</summary>
/// <remarks>Azure/iotedge, edgelet/api/workloadVersion_2020_07_07.yaml and edgelet-http-workload.</remarks>
internal sealed partial class ModuleRequests(
    RegisteredIdentity module, ModuleVault vault, CertificateAuthority authority, Func<JsonArray> listModules)
{
    private const int MatchTimeout = 1000;
    private const int BadRequest = 400;
    private const int Forbidden = 403;
    private const int NotFound = 404;
    private const int Created = 201;

    /// <summary>Answers one request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Without query, still escaped.</param>
    /// <param name="apiVersion">As asked for; null if left out.</param>
    /// <param name="body">The whole body.</param>
    public WorkloadReply Answer(string method, string path, string? apiVersion, ReadOnlyMemory<byte> body)
    {
        if (!IsKnownVersion(apiVersion))
        {
            return WorkloadReply.Refused(BadRequest, "the api-version is missing or not supported");
        }

        return (method, path) switch
        {
            ("GET", "/trust-bundle") => WorkloadReply.Ok("certificate", authority.TrustBundlePem),
            ("GET", "/manifest-trust-bundle") => WorkloadReply.Ok("certificate", string.Empty),
            ("GET", "/modules") => new WorkloadReply(200, new JsonObject { ["modules"] = listModules() }),
            ("POST", _) when ModulePath().Match(path) is { Success: true } match => AnswerModule(match, body),
            _ => WorkloadReply.Refused(NotFound, "not found"),
        };
    }

    private static bool IsKnownVersion(string? version) =>
        DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
        && date >= new DateOnly(2018, 6, 28);

    private WorkloadReply AnswerModule(Match match, ReadOnlyMemory<byte> body)
    {
        string name = Uri.UnescapeDataString(match.Groups["module"].Value).TrimStart('$');
        string generation = Uri.UnescapeDataString(match.Groups["generation"].Value);
        if (!string.Equals(name, module.Identity.ModuleId.TrimStart('$'), StringComparison.Ordinal)
            || !string.Equals(generation, module.GenerationId, StringComparison.Ordinal))
        {
            return WorkloadReply.Refused(Forbidden, "forbidden");
        }

        JsonObject? request = ReadObject(body);
        if (request is null)
        {
            return WorkloadReply.Refused(BadRequest, "missing request body");
        }

        return match.Groups["operation"].Value switch
        {
            "sign" => WithBytes(request, "data", data => WorkloadReply.Ok("digest", Convert.ToBase64String(vault.Sign(data)))),
            "encrypt" => WithVector(request, "plaintext", (vector, plaintext) =>
                WorkloadReply.Ok("ciphertext", Convert.ToBase64String(vault.Encrypt(vector, plaintext)))),
            "decrypt" => WithVector(request, "ciphertext", Decrypt),
            _ => IssueServer(request),
        };
    }

    private WorkloadReply Decrypt(byte[] vector, byte[] ciphertext)
    {
        try
        {
            return WorkloadReply.Ok("plaintext", Convert.ToBase64String(vault.Decrypt(vector, ciphertext)));
        }
        catch (CryptographicException)
        {
            return WorkloadReply.Refused(500, "could not decrypt");
        }
    }

    private WorkloadReply IssueServer(JsonObject request)
    {
        if (ReadText(request, "commonName") is not { Length: > 0 } commonName)
        {
            return WorkloadReply.Refused(BadRequest, "commonName is missing");
        }

        using ServerCertificate issued = authority.IssueEdgeHubServer(commonName, module.Identity.ModuleId.TrimStart('$'));
        return new WorkloadReply(Created, new JsonObject
        {
            ["privateKey"] = new JsonObject { ["type"] = "key", ["bytes"] = issued.PrivateKeyPem },
            ["certificate"] = issued.CertificatePem,
            ["expiration"] = issued.Leaf.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        });
    }

    private static WorkloadReply WithVector(JsonObject request, string name, Func<byte[], byte[], WorkloadReply> answer) =>
        WithBytes(request, "initializationVector", vector => WithBytes(request, name, data => answer(vector, data)));

    private static WorkloadReply WithBytes(JsonObject request, string name, Func<byte[], WorkloadReply> answer)
    {
        string? text = ReadText(request, name);
        byte[] bytes = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, bytes, out int length)
            ? answer(bytes[..length])
            : WorkloadReply.Refused(BadRequest, $"{name} is no base64");
    }

    private static JsonObject? ReadObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ReadText(JsonObject request, string name) =>
        request[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    [GeneratedRegex(
        "^/modules/(?<module>[^/]+)/genid/(?<generation>[^/]+)/(?<operation>sign|encrypt|decrypt|certificate/server)$",
        RegexOptions.ExplicitCapture,
        MatchTimeout)]
    private static partial Regex ModulePath();
}
