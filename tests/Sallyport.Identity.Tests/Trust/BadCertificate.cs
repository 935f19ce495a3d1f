namespace Sallyport.Identity.Tests.Trust;

/// <summary>One row of the table: a device's certificate with one defect.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Expected">What we must say.</param>
/// <param name="Make">Makes it.</param>
internal sealed record BadCertificate(string Name, CertificateFault Expected, Func<TestPki, Presented> Make);
