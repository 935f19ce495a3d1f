using System.Globalization;
using System.Runtime.InteropServices;

namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>libplctag, which packs on its own what is asked for at the same time. From the shared library that the environment names.</summary>
internal sealed class Libplctag : IDisposable
{
    private const string Variable = "LIBPLCTAG";
    private const int StatusOk = 0;
    private const int EventReadCompleted = 2;
    private const int PatienceMs = 5000;

    private readonly nint _library;
    private readonly CreateTag _create;
    private readonly OfTag _destroy;
    private readonly OfTagWithTime _read;
    private readonly OfTagWithTime _value;
    private readonly RegisterCallback _register;
    private readonly TagEvent _happened;
    private readonly ManualResetEventSlim _done = new();
    private int _left;
    private int _failure;

    private Libplctag(nint library)
    {
        _library = library;
        _create = Function<CreateTag>("plc_tag_create");
        _destroy = Function<OfTag>("plc_tag_destroy");
        _read = Function<OfTagWithTime>("plc_tag_read");
        _value = Function<OfTagWithTime>("plc_tag_get_int32");
        _register = Function<RegisterCallback>("plc_tag_register_callback");
        _happened = Happened;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int CreateTag([MarshalAs(UnmanagedType.LPUTF8Str)] string attributes, int timeout);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OfTag(int tag);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OfTagWithTime(int tag, int number);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void TagEvent(int tag, int what, int status);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int RegisterCallback(int tag, TagEvent callback);

    /// <summary>Loads it; null if the environment names none.</summary>
    /// <exception cref="PreconditionException">What is named is no library.</exception>
    public static Libplctag? TryLoad() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => null,
        var path when NativeLibrary.TryLoad(path, out nint library) => new Libplctag(library),
        var path => throw new PreconditionException($"{Variable} names {path}, which cannot be loaded."),
    };

    /// <summary>Opens tags.</summary>
    /// <exception cref="PreconditionException">One cannot be opened.</exception>
    public int[] Create(int count) => [.. Enumerable.Range(0, count).Select(station =>
    {
        string attributes = string.Create(
            CultureInfo.InvariantCulture,
            $"protocol=ab-eip&gateway={ControllerProcess.Address}&path=1,0&plc=ControlLogix&elem_count=1&name={ProductionTags.NameOf(station)}");
        int tag = _create(attributes, PatienceMs);
        int status = tag < 0 ? tag : _register(tag, _happened);
        return status == StatusOk ? tag : throw new PreconditionException($"libplctag refuses {ProductionTags.NameOf(station)} with {status}.");
    })];

    public void Destroy(int[] tags)
    {
        foreach (int tag in tags)
        {
            _destroy(tag);
        }
    }

    /// <summary>Reads the tags again and again: all are asked for, then all are waited for.</summary>
    /// <returns>Tags per second.</returns>
    public double Run(int[] tags)
    {
        long started = TimeProvider.System.GetTimestamp();
        for (long rounds = 1; ; rounds++)
        {
            Read(tags);
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
            if (elapsed >= TagLoop.Duration)
            {
                return rounds * tags.Length / elapsed.TotalSeconds;
            }
        }
    }

    public void Dispose()
    {
        _done.Dispose();
        NativeLibrary.Free(_library);
    }

    private void Read(int[] tags)
    {
        if (tags is [var single])
        {
            Check(_read(single, PatienceMs));
        }
        else
        {
            _done.Reset();
            Volatile.Write(ref _left, tags.Length);
            foreach (int tag in tags)
            {
                _read(tag, 0);
            }

            Check(_done.Wait(PatienceMs) ? Volatile.Read(ref _failure) : -1);
        }

        for (int station = 0; station < tags.Length; station++)
        {
            Check(_value(tags[station], 0) / 1000 == station ? StatusOk : -1);
        }
    }

    private void Happened(int tag, int what, int status)
    {
        if (what != EventReadCompleted)
        {
            return;
        }

        if (status != StatusOk)
        {
            Volatile.Write(ref _failure, status);
        }

        if (Interlocked.Decrement(ref _left) == 0)
        {
            _done.Set();
        }
    }

    private static void Check(int status)
    {
        if (status != StatusOk)
        {
            throw new InvalidOperationException($"libplctag: a read failed with {status}.");
        }
    }

    private T Function<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));
}
