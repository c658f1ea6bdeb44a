/**
 * What runs in a Python kernel to tell its variables: one function, in a namespace of its own. It runs nothing of the user's:
 * no `__repr__`, no property, no `__iter__` of their classes; of well-known libraries it reads shapes and values.
 */
export const PYTHON_CODE = `
import collections, itertools, json, math, sys, time, types

LINE, ITEMS, CELL, PAGE, MOST_COLUMNS, MOST_CELLS, MOST_SECONDS = 150, 8, 200, 100, 500, 50000, 3
# Their instances are told by their own text: it is the standard library's.
PLAIN = {'datetime', 'decimal', 'fractions', 'pathlib', 'uuid', 'ipaddress', 're', 'zoneinfo'}
LIBRARIES = {'numpy', 'pandas', 'polars', 'pyarrow', 'torch', 'tensorflow', 'jax', 'jaxlib', 'xarray', 'scipy'}
SCALARS = {int, float, complex, bool, type(None), type(Ellipsis), type(NotImplemented)}
SEQUENCES = (list, tuple, set, frozenset, collections.deque)
HIDDEN = {'In', 'Out', 'exit', 'quit', 'get_ipython', 'open'}
name_of = type.__dict__['__name__'].__get__


def clip(text, most=LINE):
    return text if len(text) <= most else text[:most] + '…'

def library(value):
    module = type.__dict__['__module__'].__get__(type(value))
    return module.split('.')[0] if type(module) is str else ''

def is_a(value, kind):
    return issubclass(type(value), kind)

def frame_kind(value):
    return library(value), name_of(type(value))

def elements(value):
    for kind in SEQUENCES:
        if is_a(value, kind):
            return kind.__iter__(value), kind.__len__(value)
    return None

def fields(value):
    found, own = {}, {}
    for kind in reversed(type.__dict__['__mro__'].__get__(type(value))):
        for name, member in list(type.__dict__['__dict__'].__get__(kind).items()):
            if name == '__dict__' and type(member) is types.GetSetDescriptorType:
                own = member.__get__(value)
            elif type(member) is types.MemberDescriptorType and not name.startswith('__'):
                try:
                    found[name] = member.__get__(value)
                except AttributeError:
                    pass
    found.update((key, each) for key, each in dict.items(own) if type(key) is str)
    return found

def preview(value, depth=1):
    kind = type(value)
    if kind is int and value.bit_length() > 1000:
        return f'<int of {value.bit_length()} bits>'
    if kind in SCALARS:
        return repr(value)
    if is_a(value, str):
        return repr(str.__getitem__(value, slice(0, LINE + 1)))
    if is_a(value, (bytes, bytearray)):
        base = bytes if is_a(value, bytes) else bytearray
        return repr(bytes(base.__getitem__(value, slice(0, 40))))
    if is_a(value, type):
        return f'<class {name_of(value)}>'
    if kind is types.FunctionType:
        code = value.__code__
        return f"{value.__name__}({', '.join(code.co_varnames[:code.co_argcount])})"
    if kind in (types.BuiltinFunctionType, types.MethodType, types.ModuleType, range):
        return f'<built-in {value.__name__}>' if kind is types.BuiltinFunctionType else object.__repr__(value) if kind is types.MethodType else repr(value)
    module, name = frame_kind(value)
    if module in PLAIN:
        return str(value)
    if module in LIBRARIES:
        return library_text(value, module, name)
    short = name_of(kind)
    if is_a(value, BaseException):
        return short + preview(BaseException.args.__get__(value), depth)
    if is_a(value, dict):
        if depth < 0:
            return '{…}'
        shown = [f'{preview(key, depth - 1)}: {preview(each, depth - 1)}' for key, each in itertools.islice(dict.items(value), ITEMS)]
        return '{' + ', '.join(shown + ['…'] * (dict.__len__(value) > ITEMS)) + '}'
    found = elements(value)
    if found is not None:
        if is_a(value, tuple):
            opening, closing = '(', ')'
        elif is_a(value, (set, frozenset)):
            opening, closing = '{', '}'
        else:
            opening, closing = '[', ']'
        if depth < 0:
            return f'{opening}…{closing}'
        iterator, length = found
        shown = [preview(each, depth - 1) for each in itertools.islice(iterator, ITEMS)]
        return opening + ', '.join(shown + ['…'] * (length > ITEMS)) + closing
    own = fields(value)
    if '_name_' in own and '_value_' in own:
        return f"{short}.{own['_name_']}"
    if depth < 0 or not own:
        return f'<{short}>'
    shown = [f'{key}={preview(each, depth - 1)}' for key, each in itertools.islice(own.items(), ITEMS)]
    return f"{short}({', '.join(shown + ['…'] * (len(own) > ITEMS))})"

def shape_of(value):
    try:
        shape = value.shape if library(value) in LIBRARIES and not is_a(value, type) else None
        return [int(each) for each in shape] if shape is not None else None
    except Exception:
        return None

def library_text(value, module, name):
    try:
        if name in ('DataFrame', 'Table'):
            table = table_of(value)
            shown = [f'{column.name}: {column.type}' for column in table.columns[:ITEMS]]
            more = len(table.columns) - len(shown)
            return f"{table.total} × {len(table.columns)} {{ {', '.join(shown)}{f', … {more} more' if more > 0 else ''} }}"
        if module == 'numpy' and name == 'ndarray':
            return preview(value.ravel()[:ITEMS].tolist(), 0)[:-1] + (', …]' if value.size > ITEMS else ']') if value.dtype.kind in 'biufcSUmM' else f'<{value.dtype} array>'
        if name == 'Series':
            return preview(list(value[:ITEMS] if module == 'polars' else value.iloc[:ITEMS].tolist()), 0)
        if module == 'numpy' and hasattr(value, 'item') and shape_of(value) == []:
            return preview(value.item(), 0)
        if name == 'Timestamp' or name == 'Timedelta':
            return str(value)
        if hasattr(value, 'dtype'):
            return f'{name} of {value.dtype}'
    except Exception:
        pass
    return f'<{name}>'

class Part:
    def __init__(self, name, value, path=None, text=None, kind=None):
        self.name, self.value, self.path, self.text, self.kind = name, value, path, text, kind

def attribute(path, name):
    return f'{path}.{name}' if path and name.isidentifier() else None

def parts(value, path, start, stop):
    """How many things are in a value, and some of them."""
    module, name = frame_kind(value)
    if is_a(value, (type, types.ModuleType, types.FunctionType)):
        return 0, []
    if module in LIBRARIES:
        if name in ('DataFrame', 'Table'):
            table = table_of(value)
            return len(table.columns), [Part(column.name, column) for column in table.columns[start:stop]]
        if module == 'numpy' and name == 'ndarray' and value.ndim > 0:
            return len(value), [Part(str(at), value[at], f'{path}[{at}]' if path else None) for at in range(start, min(stop, len(value)))]
        if name == 'Series':
            table = table_of(value)
            column = table.columns[-1]
            rows = range(start, min(stop, table.total))
            return table.total, [Part(str(at), each) for at, each in zip(rows, column.some(rows))]
        return 0, []
    if module in PLAIN:
        return 0, []
    if is_a(value, dict):
        simple = lambda key: type(key) in (str, int, float, bool)
        return dict.__len__(value), [Part(clip(preview(key, 0)), each, f'{path}[{key!r}]' if path and simple(key) else None) for key, each in itertools.islice(dict.items(value), start, stop)]
    found = elements(value)
    if found is not None:
        names = getattr(type(value), '_fields', None) if is_a(value, tuple) else None
        indexed = is_a(value, (list, tuple))
        label = lambda at: names[at] if type(names) is tuple and at < len(names) else str(at)
        return found[1], [Part(label(at), each, f'{path}[{at}]' if path and indexed else None) for at, each in zip(itertools.count(start), itertools.islice(found[0], start, stop))]
    if is_a(value, (str, bytes, bytearray)) or type(value) in SCALARS:
        return 0, []
    own = fields(value)
    return len(own), [Part(key, each, attribute(path, key)) for key, each in itertools.islice(own.items(), start, stop)]

def type_of(value):
    return value.type if type(value) is Column else name_of(type(value))

def kind_of(value):
    if is_a(value, type):
        return 'class'
    return 'function' if type(value) in (types.FunctionType, types.BuiltinFunctionType, types.MethodType) else 'data'

def described(part, steps):
    value = part.value
    if type(value) is Column:
        text = clip(', '.join(str(each) for each in value.some(range(min(ITEMS, value.total)))))
        return {'name': part.name, 'type': value.type, 'value': text, 'kind': 'data', 'length': value.total, **({'path': part.path} if part.path else {})}
    count = parts(value, None, 0, 0)[0]
    told = {'name': part.name, 'type': type_of(value), 'value': clip(preview(value)), 'kind': kind_of(value)}
    if is_a(value, (str, bytes, bytearray)):
        told['length'] = (str if is_a(value, str) else bytes if is_a(value, bytes) else bytearray).__len__(value)
    elif count and (is_a(value, dict) or elements(value) is not None):
        told['length'] = count
    shape = shape_of(value)
    if shape:
        told['shape'] = shape
    nbytes = value.nbytes if library(value) == 'numpy' and name_of(type(value)) == 'ndarray' else None
    if nbytes is not None:
        told['bytes'] = int(nbytes)
    if part.path:
        told['path'] = part.path
    if count:
        told['inside'] = steps
    if is_table(value):
        told['table'] = steps
    return told

def is_table(value):
    module, name = frame_kind(value)
    if module in LIBRARIES:
        return name in ('DataFrame', 'Table', 'Series') or (name == 'ndarray' and value.ndim > 0)
    found = elements(value)
    return (found is not None and found[1] > 0) or (is_a(value, dict) and dict.__len__(value) > 0)

def variables(ns):
    def is_shown(name, value):
        return type(name) is str and not name.startswith('_') and name not in HIDDEN and type(value) is not types.ModuleType
    return sorted(((name, value) for name, value in list(ns.items()) if is_shown(name, value)), key=lambda pair: pair[0].lower())

def value_at(ns, steps):
    name, *rest = steps
    value, path = ns[name], name
    for step in rest:
        [part] = parts(value, path, step, step + 1)[1]
        value, path = part.value, part.path
    return value, path

class Column:
    def __init__(self, name, type, total, some, numeric=None):
        self.name, self.type, self.total, self.some = str(name), type, total, some
        self.numeric = numeric

class Table:
    def __init__(self, total, columns):
        self.total, self.columns = total, columns

def getter(rows, get):
    return lambda wanted: [get(rows[at]) for at in wanted]

ABSENT = object()

def table_of(value):
    module, name = frame_kind(value)
    if module == 'pandas' and name == 'DataFrame':
        total = len(value)
        columns = [Column(title, str(dtype), total, (lambda at: lambda wanted: value.iloc[list(wanted), at].tolist())(at), dtype.kind in 'iufc') for at, (title, dtype) in enumerate(zip(value.columns, value.dtypes))]
        return Table(total, index_columns(value.index, total) + columns)
    if module == 'pandas' and name == 'Series':
        return Table(len(value), index_columns(value.index, len(value)) + [Column(value.name if value.name is not None else 'value', str(value.dtype), len(value), lambda wanted: value.iloc[list(wanted)].tolist(), value.dtype.kind in 'iufc')])
    if module == 'polars':
        frames = value.get_columns() if name == 'DataFrame' else [value]
        return Table(len(value), [Column(each.name or 'value', str(each.dtype), len(value), (lambda each: lambda wanted: [each[at] for at in wanted])(each), each.dtype.is_numeric()) for each in frames])
    if module == 'pyarrow':
        return Table(value.num_rows, [Column(title, str(each.type), value.num_rows, (lambda each: lambda wanted: [each[at].as_py() for at in wanted])(each)) for title, each in zip(value.column_names, value.columns)])
    if module == 'numpy':
        numeric, total = value.dtype.kind in 'iufc', len(value)
        if value.ndim == 1 and value.dtype.names:
            return Table(total, [Column(title, str(value.dtype[title]), total, (lambda title: lambda wanted: value[title][list(wanted)].tolist())(title)) for title in value.dtype.names])
        if value.ndim == 1:
            return Table(total, [Column('value', str(value.dtype), total, lambda wanted: value[list(wanted)].tolist(), numeric)])
        flat = value.reshape(total, -1)
        return Table(total, [Column(at, str(value.dtype), total, (lambda at: lambda wanted: flat[list(wanted), at].tolist())(at), numeric) for at in range(min(flat.shape[1], MOST_COLUMNS))])
    if is_a(value, dict):
        return dict_table(value)
    found = elements(value)
    if found is None:
        return None
    return rows_table(list(found[0]))

def index_columns(index, total):
    if name_of(type(index)) == 'RangeIndex' and index.start == 0 and index.step == 1:
        return []
    return [Column(index.name if index.name is not None else 'index', str(index.dtype), total, lambda wanted: index[list(wanted)].tolist())]

def dict_table(value):
    lists = list(dict.values(value))
    lengths = {list.__len__(each) if is_a(each, list) else None for each in lists}
    if len(lengths) == 1 and None not in lengths and lengths != {0}:
        return Table(lengths.pop(), [typed(preview(key, 0) if type(key) is not str else key, each, lambda row: row) for key, each in dict.items(value)])
    keys = list(dict.keys(value))
    inner = rows_table(lists)
    return Table(len(keys), [typed('key', keys, lambda key: key)] + inner.columns)

def rows_table(rows):
    sample = rows[:200] + rows[-25:]
    if rows and all(is_a(row, dict) for row in sample):
        titles = dict.fromkeys(key for row in sample for key in dict.keys(row))
        return Table(len(rows), [typed(title if type(title) is str else preview(title, 0), rows, lambda row, title=title: dict.get(row, title, ABSENT) if is_a(row, dict) else ABSENT) for title in titles])
    width = {(list if is_a(row, list) else tuple).__len__(row) if is_a(row, (list, tuple)) else None for row in sample}
    if rows and len(width) == 1 and None not in width and width != {0}:
        names = getattr(type(rows[0]), '_fields', None)
        def cell(row, at):
            kind = list if is_a(row, list) else tuple
            return kind.__getitem__(row, at) if is_a(row, (list, tuple)) and at < kind.__len__(row) else ABSENT
        return Table(len(rows), [typed(names[at] if type(names) is tuple and at < len(names) else at, rows, lambda row, at=at: cell(row, at)) for at in range(min(width.pop(), MOST_COLUMNS))])
    if rows and all(library(row) not in LIBRARIES | PLAIN and not is_a(row, (str, bytes, dict) + SEQUENCES) and fields(row) for row in sample):
        titles = dict.fromkeys(key for row in sample for key in fields(row))
        return Table(len(rows), [typed(title, rows, lambda row, title=title: fields(row).get(title, ABSENT)) for title in titles])
    return Table(len(rows), [typed('value', rows, lambda row: row)])

def typed(title, rows, get):
    sample = [get(row) for row in rows[:200] + rows[-25:]]
    kinds = {type(each) for each in sample if each is not None and each is not ABSENT}
    name = name_of(next(iter(kinds))) if len(kinds) == 1 else 'mixed' if kinds else 'None'
    optional = '?' if kinds and any(each is None or each is ABSENT for each in sample) else ''
    return Column(title, name + optional, len(rows), getter(rows, get), bool(kinds) and kinds <= {int, float, complex})

def cell_of(value):
    if value is None or value is ABSENT:
        return {'none': 'None' if value is None else 'absent'}
    kind = name_of(type(value))
    if kind in ('NaTType', 'NAType'):
        return {'none': 'NaT' if kind == 'NaTType' else 'NA'}
    if type(value) is float and value != value:
        return {'none': 'nan'}
    return clip(text_of(value), CELL)

def text_of(value):
    return str.__str__(value) if is_a(value, str) else preview(value, 1)

def key_of(value):
    """What a value is compared by: numbers before texts; None for what is none."""
    if type(value) in (int, float, bool) or (is_a(value, (int, float)) and library(value) in LIBRARIES | {'builtins'}):
        return None if value != value else (0, value)
    if frame_kind(value) == ('decimal', 'Decimal'):
        return None if value.is_nan() else (0, float(value))
    cell = cell_of(value)
    return (1, cell) if type(cell) is str else None

COMPARE = {'=': lambda a, b: a == b, '!=': lambda a, b: a != b, '<': lambda a, b: a < b, '<=': lambda a, b: a <= b, '>': lambda a, b: a > b, '>=': lambda a, b: a >= b}

def passing(operator, wanted):
    if operator == 'contains':
        sought = wanted.lower()
        return lambda value: type(cell_of(value)) is str and sought in cell_of(value).lower()
    compare = COMPARE[operator]
    try:
        number = float(wanted)
    except ValueError:
        number = None
    def passes(value):
        key = (1, str(value)) if type(value) is bool else key_of(value)
        if key is None:
            return operator == '!='
        if key[0] == 0 and number is not None:
            return compare(key[1], number)
        return compare(key[1] if key[0] == 1 else text_of(value), wanted)
    return passes

def order_of(table, sort, filters):
    end = time.monotonic() + MOST_SECONDS
    late = ValueError(f'{table.total:,} rows are too many to be sorted or filtered while the cells wait: do it in a cell, and look at the result')
    def check():
        if time.monotonic() > end:
            raise late
    def column(at):
        if not 0 <= at < len(table.columns):
            raise ValueError(f'there is no column {at}')
        return table.columns[at]
    rows = range(table.total)
    def kept(chunk, each):
        passes = passing(each['operator'], each['value'])
        columns = [column(each['column'])] if each.get('column') is not None else table.columns
        seen = [column.some(chunk) for column in columns]
        return [row for at, row in enumerate(chunk) if any(passes(values[at]) for values in seen)]
    for each in filters:
        found = []
        for start in range(0, len(rows), 10000):
            check()
            found += kept(rows[start:start + 10000], each)
        rows = found
    if sort:
        by, keys = column(sort['column']), {}
        for start in range(0, len(rows), 10000):
            check()
            chunk = rows[start:start + 10000]
            keys.update(zip(chunk, map(key_of, by.some(chunk))))
        gaps = [row for row in rows if keys[row] is None]
        rows = sorted((row for row in rows if keys[row] is not None), key=keys.__getitem__, reverse=bool(sort.get('descending'))) + gaps
    return rows

def table_page(value, query):
    table = table_of(value)
    if table is None:
        raise ValueError('this value has no rows')
    column_total = len(table.columns)
    table.columns = table.columns[:MOST_COLUMNS]
    sort, filters = query.get('sort'), query.get('filters') or []
    # The order of the last table is kept: its next page needs it again.
    kept = sys.modules.setdefault('_elara_table_order', types.ModuleType('_elara_table_order')).__dict__
    key = json.dumps([id(value), table.total, sort, filters])
    if not sort and not filters:
        rows = range(table.total)
    elif query.get('fresh') or kept.get('key') != key:
        rows = order_of(table, sort, filters)
        kept.update(key=key, rows=rows)
    else:
        rows = kept['rows']
    most = max(1, min(1000, MOST_CELLS // max(1, len(table.columns))))
    start = min(max(0, query['start']), len(rows))
    some = rows[start:start + min(query['count'], most)]
    columns = [column.some(some) for column in table.columns]
    return {
        'total': table.total, 'matched': len(rows), 'columnTotal': column_total, 'start': start,
        'columns': [{'name': column.name, 'type': column.type, 'numeric': bool(column.numeric)} for column in table.columns],
        'rows': [{'index': row, 'cells': [cell_of(values[at]) for values in columns]} for at, row in enumerate(some)],
    }

def answer(ns, request):
    about = request['about']
    if about == 'list':
        found = variables(ns)
        return {'variables': [described(Part(name, value, name), [name]) for name, value in found[:1000]], 'total': len(found)}
    steps = request['of']
    try:
        value, path = value_at(ns, steps)
    except (KeyError, ValueError, IndexError):
        raise ValueError(f'there is no value of {steps[0]} any more') from None
    if about == 'table':
        return table_page(value, request['query'])
    start = request['start']
    total, some = parts(value, path, start, start + PAGE)
    return {'variables': [described(part, steps + [start + at]) for at, part in enumerate(some)], 'total': total}

def told(ns, text):
    try:
        result = {'ok': answer(ns, json.loads(text))}
    except Exception as error:
        result = {'error': str(error)}
    text = json.dumps(result, allow_nan=False)
    return type('Told', (), {'__repr__': lambda self: text})()
`;
