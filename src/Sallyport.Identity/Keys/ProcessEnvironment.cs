using System.Runtime.InteropServices;

namespace Sallyport.Identity.Keys;

/// <summary>The environment that native libraries see. <c>Environment.SetEnvironmentVariable</c> changes a copy that getenv(3) knows nothing of.</summary>
public static partial class ProcessEnvironment
{
    /// <summary>Sets a variable for the libraries of this process. Who loads one that reads it does so after this, and under one lock with it.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isDefault">Leaves a value alone that the environment has already.</param>
    /// <exception cref="InvalidOperationException">The C library refuses the name, or has no memory.</exception>
    public static void Set(string name, string value, bool isDefault = false)
    {
        if (Set(name, value, isDefault ? 0 : 1) != 0)
        {
            throw new InvalidOperationException($"{name} cannot be set: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(string name, string value, int overwrite);
}
