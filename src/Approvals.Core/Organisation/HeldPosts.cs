namespace Approvals.Core.Organisation;

/// <summary>Posts by the day.</summary>
public static class HeldPosts
{
    /// <summary>
    /// The posts that are held on a day, its first and last included. Inside another query's lambda it is put into a variable first: a
    /// query is translated there, a call of this is not.
    /// </summary>
    public static IQueryable<Position> HeldOn(this IQueryable<Position> posts, DateOnly day) =>
        posts.Where(post => post.From <= day && (post.Until == null || post.Until >= day));

    /// <summary>Those of heads and handlers, who answer for what their section does.</summary>
    public static IQueryable<Position> OfHeadsAndHandlers(this IQueryable<Position> posts) =>
        posts.Where(post => post.Kind == PositionKind.Head || post.Kind == PositionKind.Handler);
}
