using CsCheck;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.StatusPage;

/// <summary>Texts that want to be more than text, and pictures in which every text is such a one.</summary>
internal static class HostileNames
{
    private static readonly string[] Known =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "</title><h1>", "&lt;script&gt;", "]]>", "<!--", "\u202Eexe.live", "a\0b\r\nX: y",
        "\uD800", "javascript:alert(1)", "{{7*7}}", "<svg/onload=x>", "`${x}`",
    ];

    public static Gen<string> Any { get; } = Gen.OneOf(Gen.Int[0, Known.Length - 1].Select(at => Known[at]), Gen.String, Gen.String[Gen.Char["<>\"'&=/ \u2028\u200F\tax"], 0, 24]);

    public static GatewayStatus Picture(string text) => Pictures.Trouble with
    {
        Delivery = Pictures.Trouble.Delivery with { Reason = text },
        Modules = [.. Pictures.Trouble.Modules.Select(module => module with { Name = text + "~", Reason = text })],
        Devices = [.. Pictures.Trouble.Devices.Select(device => device with { Source = text, Reader = text, Reason = text })],
        Credentials = [.. Pictures.Trouble.Credentials.Select(credential => credential with { Kind = text, Name = text })],
        Alarms = [.. Pictures.Trouble.Alarms.Select(alarm => alarm with { Id = text, Title = text, Remedy = text })],
        Events = [.. Pictures.Trouble.Events.Select(one => one with { Module = text, Title = text })],
    };
}
