using System.Collections.Frozen;

namespace Sallyport.IotHub.Provisioning;

/// <summary>What the provisioning service's numbers mean and what to do about them. It gives six digits, of which the first three are an HTTP status.</summary>
internal static class ProvisioningErrors
{
    private static readonly FrozenDictionary<int, string> Words = new Dictionary<int, string>
    {
        [400] = "the request is not valid: see whether registration id and custom payload are what the enrolment expects",
        [400209] = "the custom allocation of the enrolment failed: see the log of its Azure Function",
        [401] = "the certificate is not accepted for this registration id: see whether its common name is the registration id, and its thumbprint or authority enrolled",
        [401002] = "the certificate does not fit the enrolment: see whether its thumbprint or authority is the enrolled one, and whether that authority is verified",
        [404] = "there is no such ID scope, or no enrolment for this device in it: see whether the ID scope is right, then enrol the device or its authority",
        [405] = "the service does not know this version of its interface: update the module",
        [409] = "somebody else registers this device at the same time, or changes its enrolment: see whether two machines have the same identity",
        [412] = "the enrolment was changed in the same moment: register again",
        [415] = "the service does not take the custom payload: it must be one JSON value",
        [429] = "the service has too many requests: the fleet registers too fast",
        [500] = "the service has an error of its own",
    }.ToFrozenDictionary();

    /// <summary>The sentence for a code; one for its first three digits if it has none of its own.</summary>
    public static string For(int code) =>
        Words.TryGetValue(code, out string? exact) ? exact
        : Words.TryGetValue(StatusOf(code), out string? general) ? general
        : StatusOf(code) >= 500 ? Words[500]
        : "the service gave a reason that is not known here: look the code up in its documentation";

    /// <summary>The HTTP status in a code.</summary>
    public static int StatusOf(int code) => code > 999 ? code / 1000 : code;

    /// <summary>Whether asking again later helps.</summary>
    public static bool IsBusy(int status) => status == 429 || status >= 500;
}
