namespace Sallyport.Posture.Report;

/// <summary>A chain that packets come through.</summary>
/// <param name="Family">For example <c>inet</c> or <c>ip</c>.</param>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>filter</c>, <c>nat</c> or <c>route</c>.</param>
/// <param name="Hook">For example <c>input</c>.</param>
/// <param name="Policy"><c>accept</c> or <c>drop</c>.</param>
/// <param name="Rules">How many rules it has.</param>
public sealed record FirewallChain(string Family, string Table, string Name, string Kind, string Hook, string Policy, int Rules);
