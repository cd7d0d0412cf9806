import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { readPipeline, toldNames, watchPipeline } from './feed-pipelines.js';

const messages = { database: 'chat', collection: 'messages' };

describe('what a server is asked about changes', () => {
  it('names the roots of what is followed, without the quiet ones', () => {
    const fields = ['text', 'u.username', 'u._id', 'seen'];
    expect(toldNames({ ...messages, fields, quietFields: ['seen'] })).toEqual(['text', 'u']);
  });

  it('adds what decides whether a document is ours', () => {
    const options = { ...messages, fields: ['text'], groupField: 'r.id', filter: { 'k.x': 1 } };
    expect(toldNames(options)).toEqual(['text', 'k', 'r']);
  });

  it('counts everything where whole documents are followed, or a query has operators on top', () => {
    expect(toldNames(messages)).toBeUndefined();
    const filter: JsonObject = { $or: [{ a: 1 }, { b: 1 }] };
    expect(toldNames({ ...messages, fields: ['text'], filter })).toBeUndefined();
  });

  it('asks for no contents and no images', () => {
    const stages = [watchPipeline(messages), watchPipeline({ ...messages, fields: ['text'] })];
    for (const pipeline of stages) {
      expect(pipeline.at(-1)).toEqual({
        $project: { operationType: 1, clusterTime: 1, documentKey: 1 },
      });
      expect(JSON.stringify(pipeline)).not.toMatch(/fullDocument/);
    }
  });

  it('projects a path once, where one contains another', () => {
    const [, projected] = readPipeline({ ...messages, fields: ['u', 'u.name', 'un'] }, []);
    expect(projected).toEqual({ $project: { _id: 1, u: 1, un: 1 } });
  });
});
