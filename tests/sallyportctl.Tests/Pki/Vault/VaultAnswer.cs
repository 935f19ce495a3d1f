using System.Text.Json;

namespace Sallyport.Ctl.Tests.Pki.Vault;

/// <summary>What a vault answers.</summary>
internal sealed record VaultAnswer(int Status, string Body)
{
    public static VaultAnswer Challenge { get; } = Refusal(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");

    public static VaultAnswer Refusal(int status, string code, string message) => new(status, JsonSerializer.Serialize(new { error = new { code, message } }));
}
