using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Tests.Pki.Vault;

/// <summary>What the vault's double keeps: one certificate, its key, its policy and the request for it, in the shapes that Azure sends.</summary>
internal sealed class VaultStore(Uri address) : IDisposable
{
    private const string Version = "0d4c6b0f6a3e4f0f9a3c5b7c1d2e3f40";

    private AsymmetricAlgorithm? _key;
    private JsonNode? _policy;
    private string _name = "";
    private string _csr = "";
    private string _cer = "";
    private string _status = "";

    public bool IsLax { get; set; }

    public VaultAnswer Answer(VaultRequest request) => (request.Method, request.Path.Split('/')) switch
    {
        ("POST", ["", "certificates", var name, "create"]) => Create(name, JsonNode.Parse(request.Body)!),
        ("GET", ["", "certificates", var name, "pending"]) => IsHere(name) ? new VaultAnswer(200, Pending()) : NotFound(name),
        ("POST", ["", "certificates", var name, "pending", "merge"]) => IsHere(name) ? Merge(JsonNode.Parse(request.Body)!) : NotFound(name),
        ("GET", ["", "certificates", var name, ..]) => IsHere(name) ? new VaultAnswer(200, Bundle()) : NotFound(name),
        _ => VaultAnswer.Refusal(400, "BadParameter", request.Path),
    };

    public void Dispose() => _key?.Dispose();

    private static VaultAnswer NotFound(string name) =>
        VaultAnswer.Refusal(404, "CertificateNotFound", $"A certificate with (name/id) {name} was not found in this key vault.");

    private bool IsHere(string name) => string.Equals(name, _name, StringComparison.Ordinal);

    private VaultAnswer Create(string name, JsonNode body)
    {
        if (_status is "inProgress")
        {
            return VaultAnswer.Refusal(409, "Conflict", "A new key vault certificate can not be created or imported while a pending key vault certificate's status is inProgress.");
        }

        (_name, _policy, _status) = (name, body["policy"]!.DeepClone(), "inProgress");
        _key?.Dispose();
        _key = (string?)_policy["key_props"]!["kty"] is "RSA" or "RSA-HSM" ? RSA.Create((int)_policy["key_props"]!["key_size"]!) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _csr = Convert.ToBase64String(Csr((string)_policy["x509_props"]!["subject"]!));
        _policy["key_props"]!["exportable"] = IsLax || (bool)_policy["key_props"]!["exportable"]!;
        return new VaultAnswer(202, Pending());
    }

    // Azure asks for both usages whatever the policy says, unless the policy names others.
    private byte[] Csr(string subject)
    {
        CertificateRequest request = _key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)_key!, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        return request.CreateSigningRequest();
    }

    private VaultAnswer Merge(JsonNode body)
    {
        _cer = (string)body["x5c"]!.AsArray()[0]!;
        _status = "completed";
        return new VaultAnswer(201, Bundle());
    }

    private string Pending() => new JsonObject
    {
        ["id"] = $"{address}certificates/{_name}/pending",
        ["issuer"] = new JsonObject { ["name"] = "Unknown" },
        ["csr"] = _csr,
        ["cancellation_requested"] = false,
        ["status"] = _status,
        ["status_details"] = _status is "inProgress" ? "Pending certificate created. Please Perform Merge to complete the request." : null,
        ["request_id"] = "4fb0d2a6d3e94b6ea3d3f5d3d1c2b3a4",
    }.ToJsonString();

    private string Bundle()
    {
        string id = $"{address}certificates/{_name}/{Version}";
        var bundle = new JsonObject
        {
            ["id"] = id,
            ["kid"] = id.Replace("/certificates/", "/keys/", StringComparison.Ordinal),
            ["sid"] = id.Replace("/certificates/", "/secrets/", StringComparison.Ordinal),
            ["attributes"] = new JsonObject { ["enabled"] = _cer.Length > 0, ["created"] = 1_772_352_000, ["updated"] = 1_772_352_000, ["recoveryLevel"] = "Recoverable" },
            ["policy"] = _policy!.DeepClone(),
            ["pending"] = new JsonObject { ["id"] = $"{address}certificates/{_name}/pending" },
        };
        if (_cer.Length > 0)
        {
            bundle["cer"] = _cer;
        }

        return bundle.ToJsonString();
    }
}
