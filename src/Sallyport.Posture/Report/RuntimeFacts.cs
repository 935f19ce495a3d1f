namespace Sallyport.Posture.Report;

/// <summary>The IoT Edge runtime.</summary>
/// <param name="EdgeVersion">Of the package of the daemon.</param>
/// <param name="Attestation">How the gateway proves who it is when it is provisioned: <c>x509</c>, <c>tpm</c>, <c>symmetric_key</c>, <c>sas</c>; left out if the configuration does not say.</param>
/// <param name="KeysInToken">Whether the daemon's keys are in a PKCS#11 token; left out if the configuration cannot be read.</param>
public sealed record RuntimeFacts(string EdgeVersion, string? Attestation = null, bool? KeysInToken = null);
