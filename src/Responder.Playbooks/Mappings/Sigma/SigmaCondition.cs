namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>A condition over selections.</summary>
internal abstract class SigmaCondition
{
    public abstract bool IsTrue(SigmaEvent @event);

    internal sealed class Selection(IReadOnlyList<IReadOnlyList<SigmaField>> maps) : SigmaCondition
    {
        /// <summary>One of the maps, and of it every field.</summary>
        public override bool IsTrue(SigmaEvent @event) => maps.Any(fields => fields.All(field => field.IsTrue(@event)));
    }

    internal sealed class Not(SigmaCondition inner) : SigmaCondition
    {
        public override bool IsTrue(SigmaEvent @event) => !inner.IsTrue(@event);
    }

    internal sealed class Some(IReadOnlyList<SigmaCondition> of, int least) : SigmaCondition
    {
        /// <summary>At least so many of them.</summary>
        public override bool IsTrue(SigmaEvent @event)
        {
            var left = least;
            foreach (var one in of)
            {
                if (left > 0 && one.IsTrue(@event))
                {
                    left--;
                }
            }

            return left <= 0;
        }
    }
}
