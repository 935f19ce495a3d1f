using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace Sallyport.Hosting.Tests;

public sealed class SystemRootsTests
{
    private delegate nint GetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    private delegate int UnsetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [Fact]
    public void Public_authorities_are_left_out_unless_metrics_are_sent_to_a_collector()
    {
        Forget("SSL_CERT_FILE");
        Forget("SSL_CERT_DIR");
        SystemRoots.LeaveOut(Configuration("https://collector:4317"));
        Assert.Equal((null, null), (Read("SSL_CERT_FILE"), Read("SSL_CERT_DIR")));
        SystemRoots.LeaveOut(Configuration(null));
        Assert.Equal(("/dev/null", "/dev/null"), (Read("SSL_CERT_FILE"), Read("SSL_CERT_DIR")));
    }

    private static IConfiguration Configuration(string? endpoint) => new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)])
        .Build();

    // The C library's own view: .NET keeps another.
    private static string? Read(string name) => Marshal.PtrToStringUTF8(Function<GetVariable>("getenv")(name));

    private static void Forget(string name) => Assert.Equal(0, Function<UnsetVariable>("unsetenv")(name));

    private static T Function<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), name));
}
