namespace LeadDesk.Access;

/// <param name="Invited">Waits for the person to follow the invitation's link.</param>
public sealed record UserView(long Id, string Name, string Email, Role Role, bool Active, bool Invited, DateTime CreatedAt, DateTime? LastSignInAt);

/// <param name="Password">Null to invite the person instead.</param>
public sealed record NewUser(string Name, string Email, Role Role, string? Password = null);

/// <param name="InvitationToken">Goes into the link <c>/invite/{token}</c>; shown this once. Null when a password was given.</param>
public sealed record CreatedUser(UserView User, string? InvitationToken);

/// <summary>What is null stays as it is.</summary>
public sealed record UserChange(string? Name = null, Role? Role = null, bool? Active = null);

/// <summary>What an invitation's page says before the password is set.</summary>
public sealed record Invitation(string Name, string Email, string Company);
