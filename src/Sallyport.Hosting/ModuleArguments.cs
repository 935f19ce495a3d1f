namespace Sallyport.Hosting;

/// <summary>The command line of a module: nothing, or <c>--health</c>. Everything else comes from the environment.</summary>
internal sealed record ModuleArguments(string[] All)
{
    public const string Health = "--health";

    /// <summary>Whether this process only asks another one for its health.</summary>
    public bool AsksForHealth => All is [Health];

    /// <exception cref="StartRefusedException">There is something else.</exception>
    public void Check()
    {
        if (All is not ([] or [Health]))
        {
            throw new StartRefusedException(string.Join(' ', All), $"The only argument is {Health}.");
        }
    }
}
