namespace Sallyport.Infrastructure.Tests.Kusto;

/// <summary>What the language service says of a query.</summary>
/// <param name="Faults">What it cannot bind.</param>
/// <param name="Columns">Columns of the result.</param>
/// <param name="Parts">Operators, kinds of expressions and functions that it is made of.</param>
internal sealed record Bound(string[] Faults, string[] Columns, string[] Parts);
