namespace Sallyport.Identity.Tests;

internal static class Keys
{
    // The bytes 0 to 31.
    public const string CountingText = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public static SharedAccessKey Counting() => SharedAccessKey.Parse(CountingText);

    public static SharedAccessKey Other() => SharedAccessKey.Parse(Convert.ToBase64String(new byte[32]));
}
