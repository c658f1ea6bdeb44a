import { count, type Measure } from './measure.ts';

const cells = 300;

export const burst: Measure = {
  key: 'burst',
  title: `${cells} executes sent at once`,
  async run(session) {
    const tag = session.client.newTag();
    const requests = Array.from({ length: cells }, () =>
      session.client.execute(session.kernel.snippets.expression, tag),
    );
    const { ms } = await session.fly(tag, requests);
    return { perSecond: (cells * 1000) / ms };
  },
  show: ({ perSecond }) => `${count(perSecond)}/s`,
};
